package jp.hashimo.loadtest.measure;

import java.util.Map;

/** What was measured in one round; a row may be missing. */
public record Round(int number, Map<Row, Sample> samples) {
    public Round {
        samples = Map.copyOf(samples);
    }

    /** NaN if the row is missing. */
    public double value(Row row) {
        Sample sample = samples.get(row);
        return sample == null ? Double.NaN : sample.value();
    }

    /** CPU time of PostgreSQL and of our own code for each unit; NaN if the row is missing. */
    public double cpuMicros(Row row) {
        Sample sample = samples.get(row);
        return sample == null ? Double.NaN : sample.serverMicros() + sample.jvmMicros();
    }
}
