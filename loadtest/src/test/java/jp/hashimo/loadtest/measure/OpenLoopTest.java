package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void whoever_waits_behind_a_late_answer_waits_from_when_it_was_due() throws Exception {
        var slow = new AtomicBoolean(true);

        Load load =
                OpenLoop.run(
                        1,
                        100,
                        Duration.ofMillis(400),
                        _ ->
                                watch -> {
                                    if (slow.getAndSet(false)) {
                                        beBusy(Duration.ofMillis(400));
                                    }
                                    watch.took(System.nanoTime() - watch.began());
                                });

        // Only the first was slow; those that were to begin meanwhile have waited too.
        assertThat(load.p50Millis()).isGreaterThan(0);
        assertThat(load.p99Millis()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void a_rate_that_cannot_be_kept_up_is_a_flaw() throws Exception {
        Load load = OpenLoop.run(2, 1e9, Duration.ofMillis(50), _ -> watch -> watch.took(1));

        assertThat(load.flaw()).matches("only \\d+ % of the intended rate");
    }

    @Test
    void a_rate_that_is_kept_up_is_none() throws Exception {
        Load load = OpenLoop.run(2, 200, Duration.ofMillis(500), _ -> watch -> watch.took(1));

        assertThat(load.flaw()).isNull();
        assertThat(load.units()).isBetween(100L, 104L);
    }

    private static void beBusy(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
