package jp.hashimo.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import jp.hashimo.loadtest.Proxy.Harm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acknowledged is durable, refused left nothing, unknown can be asked: with a database that is
 * stopped, killed, cut off, full, or set back under the service. {@code -Dfaults=10} asks for the
 * full runs, {@code -Dseed=} for the same again.
 */
class FaultRunTest {
    private static final int FAULTS = Integer.getInteger("faults", 1);
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    /** How long two nodes work side by side before one is killed. */
    private static final Duration LONG_STRETCH = Duration.ofSeconds(20);

    private static final Duration SHORT_STRETCH = Duration.ofSeconds(5);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(1);

    private final long seed =
            Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000));

    @TempDir Path folder;

    private FaultRun run(int nodes) throws IOException {
        return new FaultRun(folder, Files.createDirectories(folder.resolve("pg")), seed, nodes);
    }

    @Test
    void connections_cut_during_a_commit_and_answers_lost_neither_lose_nor_double_anything()
            throws Exception {
        try (FaultRun run = run(1)) {
            run.begin();
            for (int i = 0; i < FAULTS; i++) {
                for (Harm harm : Harm.values()) {
                    run.during(() -> run.proxy().harm(harm));
                }
                run.during(() -> assertThat(run.proxy().cutAll()).as("connections").isPositive());
            }
            for (Harm harm : Harm.values()) {
                assertThat(run.proxy().harmed(harm)).as("times of " + harm).isEqualTo(FAULTS);
            }
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void a_database_stopped_and_started_under_load_is_a_pause_and_no_loss() throws Exception {
        try (FaultRun run = run(1)) {
            run.begin();
            for (int i = 0; i < FAULTS; i++) {
                run.during(() -> {
                    run.postgres().stop();
                    Pause.of(OUTAGE);
                    run.postgres().start();
                });
            }
            assertThat(run.node(0).process().said())
                    .as("what the service says of it")
                    .anyMatch(line -> line.contains("waits for the database"));
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void a_database_killed_under_load_is_a_pause_and_no_loss() throws Exception {
        try (FaultRun run = run(1)) {
            run.begin();
            for (int i = 0; i < FAULTS; i++) {
                long told = run.postgres().told();
                run.during(() -> {
                    run.postgres().kill();
                    run.postgres().start();
                });
                assertThat(
                                run.postgres()
                                        .saysWithin(
                                                "was not properly shut down", told, LONGEST_OUTAGE))
                        .as("PostgreSQL says that it had crashed")
                        .isTrue();
            }
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void a_full_disk_stops_the_sale_and_loses_nothing() throws Exception {
        try (SmallDisk disk = SmallDisk.of(folder.resolve("pg"), 256)) {
            try (FaultRun run = run(1)) {
                run.begin();
                for (int i = 0; i < FAULTS; i++) {
                    long told = run.postgres().told();
                    int turnedAway = run.notebook().turnedAwaySoFar();
                    run.during(() -> {
                        disk.fill();
                        // Not before it has hit somebody: a page or a segment may still be at hand.
                        boolean full =
                                run.postgres()
                                        .saysWithin(
                                                "No space left on device", told, LONGEST_OUTAGE);
                        boolean noticed = run.turnsAway(turnedAway, LONGEST_OUTAGE);
                        disk.free();
                        assertThat(full).as("PostgreSQL met the full disk").isTrue();
                        assertThat(noticed).as("clients were turned away with 503").isTrue();
                        if (!run.postgres().runs()) {
                            run.postgres().start();
                        }
                    });
                }
                assertThat(run.findings()).as("seed " + seed).isEmpty();
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void a_clock_that_steps_back_and_forth_leaves_the_log_in_its_order() throws Exception {
        try (FaultRun run = run(1)) {
            Duration step = Duration.ofHours(1);
            run.clocksMayDifferBy(step.multipliedBy(2));
            var noon = Map.of("now", "2023-10-02T12:00:00+09:00");
            var _ = Call.post("/api/v1/demo/clock", noon).to(run.node(0).url()).expect(200);
            run.begin();
            for (int i = 0; i < FAULTS; i++) {
                for (String sign : List.of("-", "+")) {
                    run.during(() -> {
                        int clocks =
                                run.postgres()
                                        .change(
                                                "UPDATE ledger_clock SET ledger_time = ledger_time "
                                                        + sign
                                                        + " interval '1 hour'"
                                                        // The probe of the engine has one too.
                                                        + " WHERE ledger_id = 'hashimo'");
                        assertThat(clocks).as("clocks that were set").isEqualTo(1);
                        // A node learns of it when it starts, or later by itself.
                        run.kill(run.node(0));
                        var _ = run.start(run.node(0));
                    });
                }
            }
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void two_nodes_on_one_database_take_their_shares_and_one_outlives_the_other() throws Exception {
        boolean full = System.getProperty("faults") != null;
        try (FaultRun run = run(2)) {
            if (!full) {
                run.nobodyGivesUp();
            }
            run.begin();
            // From when all are served: the second node is the younger one, and slower at first.
            int allBefore = run.notebook().acknowledged();
            int firstBefore = run.notebook().acknowledgedBy(run.node(0).url());
            Pause.of(full ? LONG_STRETCH : SHORT_STRETCH);
            int all = run.notebook().acknowledged() - allBefore;
            int first = run.notebook().acknowledgedBy(run.node(0).url()) - firstBefore;
            long conflicts = run.conflicts();
            System.out.println(
                    "  of %d commands the first node took %d; conflicts: %d"
                            .formatted(all, first, conflicts));
            for (int i = 0; i < FAULTS; i++) {
                FaultRun.Node victim = run.node(run.random().nextInt(2));
                FaultRun.Node other = run.node(0).equals(victim) ? run.node(1) : run.node(0);
                run.during(() -> {
                    run.kill(victim);
                    run.send(victim, other.url());
                });
                if (full) {
                    run.during(() -> {
                        var _ = run.start(victim);
                    });
                }
            }
            assertThat((double) first / all).as("the first node's share").isBetween(0.3, 0.7);
            assertThat(conflicts).as("appends that met the other node's").isPositive();
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "\\d+")
    void
            a_database_that_comes_back_shorter_leaves_no_node_with_a_state_of_lost_events_nor_without_one()
                    throws Exception {
        try (FaultRun run = run(2)) {
            run.begin();
            Path copy = folder.resolve("copy");
            run.during(() -> {
                run.postgres().stop();
                run.postgres().copyTo(copy);
                run.postgres().start();
            });
            Pause.of(Duration.ofSeconds(5));
            assertThat(run.findings()).as("seed " + seed + ", before the loss").isEmpty();
            run.postgres().stop();
            run.postgres().setBackTo(copy);
            run.postgres().start();
            // The first node is started again; the other one lives through it, and shows before
            // anything new is written what the log has now.
            run.kill(run.node(0));
            var _ = run.start(run.node(0));
            long lost = run.lastTold();
            long shown = run.shown(run.node(1), run.shown(run.node(0), 0));
            System.out.println("  of %d positions told, %d are left".formatted(lost, shown));
            assertThat(shown).as("the end that is left").isLessThan(lost);
            assertThat(run.says(run.node(1), "has lost its end"))
                    .as("what the node that lived says of it")
                    .hasSize(1);
            run.beginAnew();
            Pause.of(Duration.ofSeconds(5));
            assertThat(run.findings()).as("seed " + seed).isEmpty();
        }
    }
}
