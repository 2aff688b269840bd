package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    @Test
    void every_unit_of_every_client_is_counted() throws Exception {
        var acted = new AtomicInteger();

        Load load =
                ClosedLoop.run(
                        3,
                        Duration.ofMillis(50),
                        _ ->
                                watch -> {
                                    acted.incrementAndGet();
                                    watch.took(2_000_000);
                                    watch.took(2_000_000);
                                });

        assertThat(load.units()).isEqualTo(2L * acted.get()).isPositive();
        assertThat(load.p50Millis()).isEqualTo(2);
    }

    @Test
    void what_was_not_answered_well_is_counted_apart() throws Exception {
        Load load = ClosedLoop.run(1, Duration.ofMillis(10), _ -> ClosedLoop.Stopwatch::failed);

        assertThat(load.units()).isZero();
        assertThat(load.failed()).isPositive();
    }

    @Test
    void the_fault_of_one_client_ends_the_run() {
        assertThatThrownBy(() ->
                        ClosedLoop.run(
                                2,
                                Duration.ofMinutes(5),
                                number ->
                                        watch -> {
                                            watch.took(1);
                                            if (number == 1) {
                                                throw new IllegalStateException("a fault");
                                            }
                                        }))
                .hasMessage("a fault");
    }
}
