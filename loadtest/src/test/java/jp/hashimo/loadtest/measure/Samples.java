package jp.hashimo.loadtest.measure;

import java.util.EnumMap;
import java.util.Map;

/** Rounds as they might have been measured. */
final class Samples {
    private Samples() {}

    static Sample sample(int round, Row row, double value) {
        return new Sample(round, row, value, 0, 1, 2, 100, 50, 10, 5, 1, 0.25, null);
    }

    static Sample disturbed(double value, double otherPercent) {
        return new Sample(1, Row.FLOOR, value, 0, 1, 2, 100, 50, 10, otherPercent, 1, 0, null);
    }

    static Sample flawed(int round, Row row, String flaw) {
        return new Sample(round, row, 1, 0, 1, 2, 100, 50, 10, 5, 1, 0, flaw);
    }

    /** Rows and values, in turn. */
    static Round round(int number, Object... rowsAndValues) {
        Map<Row, Sample> samples = new EnumMap<>(Row.class);
        for (int i = 0; i < rowsAndValues.length; i += 2) {
            Row row = (Row) rowsAndValues[i];
            samples.put(row, sample(number, row, ((Number) rowsAndValues[i + 1]).doubleValue()));
        }
        return new Round(number, samples);
    }

    static Goal goal(String name) {
        return Goals.all().stream()
                .filter(goal -> goal.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
