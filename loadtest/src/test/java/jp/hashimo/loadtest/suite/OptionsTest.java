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

    private static String objection(String... arguments) {
        return String.join(", ", options(arguments).objections(List.of()));
    }

    @Test
    void everything_of_five_rounds_may_be_published() {
        assertThat(options("quick").objections(List.of())).isEmpty();
        assertThat(options("full", "--rounds", "7", "--seconds", "20").objections(List.of()))
                .isEmpty();
        assertThat(options("full", "--pgledger", "there").pgledger()).isEqualTo(Path.of("there"));
    }

    @Test
    void some_goals_of_a_mode_are_published_under_their_names() {
        Options some = options("full", "--only", "P8,P11b");

        assertThat(some.objections(List.of())).isEmpty();
        assertThat(some.label()).isEqualTo("full-p11b-p8");
        assertThat(options("quick").label()).isEqualTo("quick");
    }

    @Test
    void less_than_that_is_for_oneself() {
        assertThat(objection("full", "--rounds", "4")).isEqualTo("fewer than 5 rounds");
        assertThat(objection("quick", "--seconds", "3")).isEqualTo("less than 4 s for a row");
        assertThat(objection("full", "--seconds", "9")).isEqualTo("less than 10 s for a row");
        assertThat(objection("full", "--warm-up", "19")).isEqualTo("less than 20 s of warm-up");
        assertThat(options("full").objections(List.of("pgledger")))
                .containsExactly("pgledger is absent");
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
    void quick_is_rates_and_cpu_and_full_is_every_row_there_is() {
        assertThat(new Plan(Options.Mode.QUICK, Set.of()).goals())
                .extracting(Goal::name)
                .containsExactly("P1", "P2", "P3", "P4a", "P4b", "P5", "P10");
        assertThat(new Plan(Options.Mode.FULL, Set.of()).rows()).containsExactly(Row.values());
    }
}
