package jp.hashimo.loadtest.measure;

import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A figure we have promised.
 *
 * @param says what it is, for people
 * @param must what has to be reached, {@code aim} what would be good; where a goal has no aim of
 *     its own, that is the same
 * @param rows all it needs
 * @param formula the figure of one round, NaN if it lacks a row
 */
public record Goal(
        String name,
        String says,
        Better better,
        double must,
        double aim,
        Set<Row> rows,
        ToDoubleFunction<Round> formula) {

    /** Which way is good. */
    public enum Better {
        HIGH,
        LOW
    }

    public Goal {
        rows = Set.copyOf(rows);
    }

    boolean meets(double figure, double wanted) {
        return better == Better.HIGH ? figure >= wanted : figure <= wanted;
    }
}
