package jp.hashimo.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acknowledged is durable, refused left nothing, unknown can be asked: with a service that is
 * really killed. {@code -Dkills=20} asks for the full run, {@code -Dseed=} for the same again.
 */
class KillRunTest {
    private static final int SHORT_RUN = 3;
    private static final int MOST_KILLS = 200;
    private static final int KILLS_THAT_LOST = 5;

    @Test
    void whatever_moment_the_service_is_killed_at_no_payment_is_lost_or_doubled(
            @TempDir Path folder) throws Exception {
        int kills = Integer.getInteger("kills", SHORT_RUN);
        boolean full = kills > SHORT_RUN;
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
        System.out.println("Kill run with seed " + seed);

        KillRun.Report report =
                new KillRun(seed)
                        .in(
                                folder,
                                (done, lost, found) ->
                                        done >= kills
                                                && (!full
                                                        || (lost >= KILLS_THAT_LOST && found > 0)),
                                MOST_KILLS);

        report.figures().forEach(figure -> System.out.println("  " + figure));
        assertThat(report.findings()).as("seed " + seed).isEmpty();
        assertThat(report.kills()).isGreaterThanOrEqualTo(kills);
        if (full) {
            assertThat(report.killsThatLost()).isGreaterThanOrEqualTo(KILLS_THAT_LOST);
            assertThat(report.foundWhole()).isPositive();
        }
    }
}
