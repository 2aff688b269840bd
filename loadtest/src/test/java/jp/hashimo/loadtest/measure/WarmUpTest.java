package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static WarmUp warmUp(int atLeastSeconds, DoubleStream costs) throws Exception {
        Iterator<Double> next = costs.iterator();
        return WarmUp.by(_ -> next.next(), Duration.ofSeconds(atLeastSeconds));
    }

    private static WarmUp of(int seconds, boolean steady) {
        return new WarmUp(Duration.ofSeconds(seconds), steady);
    }

    @Test
    void it_goes_on_until_two_slices_cost_nearly_the_same() throws Exception {
        assertThat(warmUp(5, DoubleStream.of(454, 250, 220, 203, 195, 190)))
                .isEqualTo(of(25, true));
    }

    @Test
    void what_is_steady_early_still_gets_the_time_that_was_asked_for() throws Exception {
        assertThat(warmUp(20, DoubleStream.of(200, 200, 200, 200))).isEqualTo(of(20, true));
        assertThat(warmUp(90, DoubleStream.generate(() -> 200))).isEqualTo(of(90, true));
    }

    @Test
    void what_never_is_steady_ends_after_a_minute_and_says_so() throws Exception {
        assertThat(warmUp(20, DoubleStream.iterate(1, cost -> 2 * cost))).isEqualTo(of(60, false));
        assertThat(warmUp(20, DoubleStream.generate(() -> Double.NaN))).isEqualTo(of(60, false));
    }

    @Test
    void it_says_how_long_it_took() {
        assertThat(List.of(of(25, true), of(60, false)))
                .extracting(WarmUp::toString)
                .containsExactly("25 s", "60 s and still changing");
    }
}
