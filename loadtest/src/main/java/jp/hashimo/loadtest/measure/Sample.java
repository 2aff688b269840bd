package jp.hashimo.loadtest.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of one round.
 *
 * @param value in the row's unit
 * @param p50Millis NaN where no single operation was timed; likewise {@code p99Millis}
 * @param serverMicros CPU time of PostgreSQL for each unit; NaN where nothing was counted
 * @param jvmMicros CPU time of our own code for each unit, where it is ours
 * @param generatorMicros CPU time of whoever asked, for each unit
 * @param otherPercent what share of all CPUs those took who have no part in it
 * @param attempts how often it was measured because others were busy; the quietest one is this
 * @param drainSeconds from the last answer until all that follows had been done; its CPU time is in
 *     the figures above, and it is in no rate
 * @param flaw why it must not be used; null if it may
 */
public record Sample(
        int round,
        Row row,
        double value,
        long failed,
        double p50Millis,
        double p99Millis,
        double serverMicros,
        double jvmMicros,
        double generatorMicros,
        double otherPercent,
        int attempts,
        double drainSeconds,
        @Nullable String flaw) {
    /** More than this of all operations may not fail. */
    private static final double FAILED_SHARE = 0.001;

    static Sample of(
            int round, Row row, Case.Place place, Load load, Cpu used, double drainSeconds) {
        double perUnit = load.units() == 0 ? Double.NaN : 1e3 / load.units();
        return new Sample(
                round,
                row,
                load.value(),
                load.failed(),
                load.p50Millis(),
                load.p99Millis(),
                used.server() * perUnit,
                used.contestant(place) * perUnit,
                used.generator(place) * perUnit,
                used.otherPercent(place),
                1,
                drainSeconds,
                load.flaw() == null ? tooManyFailed(load) : load.flaw());
    }

    private static @Nullable String tooManyFailed(Load load) {
        double share = (double) load.failed() / (load.units() + load.failed());
        return share > FAILED_SHARE
                ? String.format(Locale.ROOT, "%.2f %% of the operations failed", 100 * share)
                : null;
    }

    Sample afterAttempts(int count) {
        return new Sample(
                round,
                row,
                value,
                failed,
                p50Millis,
                p99Millis,
                serverMicros,
                jvmMicros,
                generatorMicros,
                otherPercent,
                count,
                drainSeconds,
                flaw);
    }
}
