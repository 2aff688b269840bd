package jp.hashimo.loadtest.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a case has done.
 *
 * @param value in the unit of its row
 * @param units how many commands, events or the like the CPU time is shared among; 0 where that
 *     makes no sense
 * @param failed operations that were not answered as they should have been; not among the units
 * @param p50Millis NaN where no single operation was timed; likewise {@code p99Millis}
 * @param flaw why this must not be used as a figure; null if it may
 */
public record Load(
        double value,
        long units,
        long failed,
        double p50Millis,
        double p99Millis,
        @Nullable String flaw) {

    /** One without a flaw. */
    public Load(double value, long units, long failed, double p50Millis, double p99Millis) {
        this(value, units, failed, p50Millis, p99Millis, null);
    }

    /**
     * A rate, from operations that were timed one by one.
     *
     * @param latencyNanos in any order; sorted here
     */
    public static Load rate(long units, long failed, double seconds, long[] latencyNanos) {
        Arrays.sort(latencyNanos);
        return new Load(
                units / seconds,
                units,
                failed,
                Numbers.percentile(latencyNanos, 0.50) / 1e6,
                Numbers.percentile(latencyNanos, 0.99) / 1e6);
    }

    /** A rate of something that was timed as a whole. */
    public static Load bulk(long units, double seconds) {
        return new Load(units / seconds, units, 0, Double.NaN, Double.NaN);
    }

    /** A figure that is no rate. */
    public static Load figure(double value) {
        return new Load(value, 0, 0, Double.NaN, Double.NaN);
    }

    /** The same, not to be used. */
    Load flawed(String why) {
        return new Load(value, units, failed, p50Millis, p99Millis, why);
    }
}
