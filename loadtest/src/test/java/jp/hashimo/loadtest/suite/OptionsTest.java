package jp.hashimo.loadtest.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jp.hashimo.loadtest.measure.Goal;
import jp.hashimo.loadtest.measure.Row;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options options(String... arguments) {
        return Options.parse(List.of(arguments));
    }

    @Test
    void everything_of_five_rounds_may_be_published() {
        assertThat(options("quick").publishes()).isTrue();
        assertThat(options("full", "--pgledger", "there").pgledger()).isEqualTo(Path.of("there"));
    }

    @Test
    void some_goals_or_a_few_rounds_are_for_oneself() {
        assertThat(options("quick", "--only", "P1,P3").publishes()).isFalse();
        assertThat(options("full", "--rounds", "4").publishes()).isFalse();
    }

    @Test
    void what_is_not_understood_is_refused() {
        assertThatThrownBy(OptionsTest::options).hasMessage("quick or full?");
        assertThatThrownBy(() -> options("quick", "--rounds", "0"))
                .hasMessageContaining("--rounds");
        assertThatThrownBy(() -> options("quick", "--rounds")).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> options("quick", "--fast", "1")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> new Plan(Options.Mode.QUICK, Set.of("P99")))
                .hasMessageContaining("P99");
    }

    @Test
    void a_goal_with_two_measures_can_be_named_as_one() {
        Plan plan = new Plan(Options.Mode.QUICK, Set.of("P4"));

        assertThat(plan.goals()).extracting(Goal::name).containsExactly("P4a", "P4b");
        assertThat(plan.rows())
                .containsExactlyInAnyOrder(
                        Row.HTTP_RANDOM, Row.HTTP_ONE_STORE, Row.PGLEDGER_ONE_STORE);
    }

    @Test
    void what_is_measured_while_another_row_is_brings_that_row_along() {
        assertThat(new Plan(Options.Mode.FULL, Set.of("P11b")).rows()).contains(Row.DISK_LOG);
    }

    @Test
    void quick_is_rates_and_cpu_and_full_is_everything() {
        assertThat(new Plan(Options.Mode.QUICK, Set.of()).goals())
                .extracting(Goal::name)
                .containsExactly("P1", "P2", "P3", "P4a", "P4b", "P5", "P10");
        assertThat(new Plan(Options.Mode.FULL, Set.of()).rows()).containsExactly(Row.values());
    }
}
