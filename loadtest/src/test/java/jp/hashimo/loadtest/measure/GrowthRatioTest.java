package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthRatioTest {
    private final List<String> taken = new ArrayList<>();

    private GrowthRatio.Figure log(String name, Double... millis) {
        Iterator<Double> next = List.of(millis).iterator();
        return () -> {
            taken.add(name);
            return next.next();
        };
    }

    @Test
    void small_and_large_take_turns() throws Exception {
        Load load = GrowthRatio.inTurns(2, log("small", 2.0, 2.0), log("large", 3.0, 3.0));

        assertThat(load.value()).isEqualTo(1.5);
        assertThat(taken).containsExactly("small", "large", "small", "large");
    }

    @Test
    void one_slow_turn_counts_for_as_long_as_it_lasted() throws Exception {
        Load load =
                GrowthRatio.inTurns(3, log("small", 1.0, 1.0, 2.0), log("large", 1.0, 1.0, 6.0));

        // The mean of the three ratios, 1, 1 and 3, would have said 1.67.
        assertThat(load.value()).isEqualTo(2);
    }

    @Test
    void without_one_of_its_figures_there_is_no_ratio() {
        assertThatThrownBy(() ->
                        GrowthRatio.inTurns(
                                1,
                                log("small", 1.0),
                                () -> {
                                    throw new IllegalStateException("the service has ended");
                                }))
                .hasMessage("the service has ended");
    }

    @Test
    void it_is_a_figure_and_no_rate() throws Exception {
        Load load = GrowthRatio.inTurns(1, log("small", 4.0), log("large", 1.0));

        assertThat(load).isEqualTo(Load.figure(0.25));
    }
}
