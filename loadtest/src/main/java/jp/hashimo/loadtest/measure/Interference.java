package jp.hashimo.loadtest.measure;

import java.util.concurrent.Callable;

/**
 * When to measure once more, and which attempt counts. It looks at what the neighbours took and
 * never at the result, so that luck cannot be chosen.
 *
 * @param tolerablePercent of all CPUs; above it a row is measured again
 * @param attempts at most, the first one included
 */
public record Interference(double tolerablePercent, int attempts) {
    public static final double TOLERABLE_PERCENT = 15;

    Sample quietest(Callable<Sample> measurement) throws Exception {
        Sample best = measurement.call();
        int made = 1;
        while (best.otherPercent() > tolerablePercent && made < attempts) {
            Sample next = measurement.call();
            made++;
            if (next.otherPercent() < best.otherPercent()) {
                best = next;
            }
        }
        return best.afterAttempts(made);
    }
}
