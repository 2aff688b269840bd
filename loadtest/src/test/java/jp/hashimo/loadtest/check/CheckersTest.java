package jp.hashimo.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checkers are checked: on short histories that are right, and on the same with one flaw. */
class CheckersTest {
    private static final int TOWNS = Integer.getInteger("towns", 500);

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

    @Test
    void every_single_flaw_is_found() {
        var escaped = new ArrayList<String>();
        for (Flaw flaw : Flaw.values()) {
            int planted = 0;
            for (long seed = 0; seed < TOWNS / 10; seed++) {
                var town = new SmallTown(seed);
                if (flaw.plantedIn(town, new Random(seed))) {
                    planted++;
                    Verdict verdict = Checkers.check(town, town.history());
                    if (verdict.isClean()) {
                        escaped.add(flaw + " with seed " + seed);
                    }
                }
            }
            assertThat(planted).as("towns with the flaw " + flaw).isPositive();
        }
        assertThat(escaped).isEmpty();
    }
}
