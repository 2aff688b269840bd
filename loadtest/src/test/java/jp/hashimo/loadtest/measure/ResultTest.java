package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Samples.flawed;
import static jp.hashimo.loadtest.measure.Samples.goal;
import static jp.hashimo.loadtest.measure.Samples.round;
import static jp.hashimo.loadtest.measure.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void a_ratio_is_taken_inside_each_round_and_not_of_the_medians() {
        var rounds =
                List.of(
                        round(1, Row.ENGINE, 100, Row.FLOOR, 10),
                        round(2, Row.ENGINE, 20, Row.FLOOR, 20),
                        round(3, Row.ENGINE, 90, Row.FLOOR, 30));

        Result result = Result.of(goal("P1"), rounds, Map.of());

        // The medians, 90 and 20, would have said 4.5.
        assertThat(result.median()).isEqualTo(3);
        assertThat(result.min()).isEqualTo(1);
        assertThat(result.max()).isEqualTo(10);
        assertThat(result.verdict()).isEqualTo("clean");
    }

    @Test
    void a_round_without_one_of_the_rows_has_no_figure() {
        var rounds =
                List.of(
                        round(1, Row.ENGINE, 100),
                        round(2, Row.ENGINE, 20, Row.FLOOR, 20),
                        round(3, Row.FLOOR, 30));

        assertThat(Result.of(goal("P1"), rounds, Map.of()).figures()).containsExactly(1.0);
        assertThat(Result.of(goal("P3"), rounds, Map.of()).verdict()).isEqualTo("not measured");
    }

    @Test
    void what_the_checker_found_stands_in_place_of_the_figure() {
        var rounds = List.of(round(1, Row.ENGINE, 100, Row.FLOOR, 10));

        Result result = Result.of(goal("P1"), rounds, Map.of(Row.ENGINE, "a gap"));

        assertThat(result.figures()).isEmpty();
        assertThat(result.verdict()).isEqualTo("a gap");
    }

    @Test
    void one_flawed_round_takes_the_figure_of_every_goal_that_needs_its_row() {
        var rounds =
                List.of(
                        round(1, Row.ENGINE, 100, Row.FLOOR, 10, Row.ANCHOR, 1, Row.COMMANDS, 2),
                        new Round(
                                2,
                                Map.of(
                                        Row.ENGINE,
                                        sample(2, Row.ENGINE, 100),
                                        Row.FLOOR,
                                        flawed(2, Row.FLOOR, "0.30 % of the operations failed"))));

        Result result = Result.of(goal("P1"), rounds, Map.of());

        assertThat(result.figures()).isEmpty();
        assertThat(result.verdict())
                .isEqualTo(
                        "round 2, one INSERT per commit (floor): 0.30 % of the operations failed");
        assertThat(Result.of(goal("P2"), rounds, Map.of()).figures()).containsExactly(2.0);
    }

    @Test
    void the_cpu_of_a_command_is_the_servers_and_ours_and_not_the_generators() {
        var rounds = List.of(round(1, Row.HTTP_RANDOM, 1, Row.PGLEDGER_EIGHT, 1));

        assertThat(Result.of(goal("P10"), rounds, Map.of()).median()).isCloseTo(1, within(1e-9));
        assertThat(rounds.getFirst().cpuMicros(Row.HTTP_RANDOM)).isEqualTo(150);
    }
}
