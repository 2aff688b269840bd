package jp.hashimo.ledger.testing;

import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that may happen in a random story.
 *
 * @param name what a failing story prints
 * @param act does it in a city; empty if there was nothing to do it to
 */
public record Step(String name, Function<City, Optional<Answer>> act) {
    public Optional<Answer> in(City city) {
        return act.apply(city);
    }

    @Override
    public String toString() {
        return name;
    }
}
