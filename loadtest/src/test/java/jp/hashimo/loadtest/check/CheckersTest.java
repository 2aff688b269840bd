package jp.hashimo.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The checkers are checked: on short histories that are right, and on the same with one flaw. */
class CheckersTest {
    private static final int TOWNS = Integer.getInteger("towns", 500);

    /** A flaw is planted in fewer. */
    private static final int TOWNS_WITH_A_FLAW = TOWNS / 10;

    @Test
    void nothing_is_found_in_a_town_where_all_is_as_it_should_be() {
        long answers = 0;
        for (long seed = 0; seed < TOWNS; seed++) {
            var town = new SmallTown(seed);
            Verdict verdict = Checkers.check(town, town.history());
            assertThat(verdict.findings()).as("seed " + seed).isEmpty();
            assertThat(verdict.noOpinion()).isZero();
            answers += verdict.answers();
        }
        assertThat(answers).as("answers compared").isGreaterThan(5L * TOWNS);
    }

    static Stream<Flaw> flaws() {
        return Flaw.all();
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void every_single_flaw_is_found_by_the_check_that_is_there_for_it(Flaw flaw) {
        int planted = 0;
        for (long seed = 0; seed < TOWNS_WITH_A_FLAW; seed++) {
            var town = new SmallTown(seed);
            if (flaw.planting().in(town, new Random(seed))) {
                planted++;
                assertThat(Checkers.check(town, town.history()).findings())
                        .as("seed " + seed)
                        .anyMatch(finding -> finding.startsWith(flaw.check() + ":"));
            }
        }
        assertThat(planted).as("towns with the flaw").isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_broken_in_log_books_tables_and_answers_alike_is_found_by_the_rules_alone(
            Mistake mistake) {
        int made = 0;
        for (long seed = 0; seed < TOWNS; seed++) {
            var town = new SmallTown(seed, mistake);
            if (town.hasMadeIt()) {
                made++;
                assertThat(Checkers.check(town, town.history()).findings())
                        .as("seed " + seed)
                        .isNotEmpty()
                        .allMatch(finding -> finding.startsWith("C6:"));
            }
        }
        assertThat(made).as("towns with the mistake").isPositive();
    }
}
