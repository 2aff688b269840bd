package jp.hashimo.loadtest.measure;

import java.time.Duration;

/**
 * What became of warming a JVM up: it works at the load that will be measured until its work has
 * stopped getting cheaper.
 *
 * @param lasted how long it worked
 * @param steady false if it was still changing when there was no more time
 */
public record WarmUp(Duration lasted, boolean steady) {
    public static final Duration SLICE = Duration.ofSeconds(5);
    public static final Duration AT_MOST = Duration.ofSeconds(60);

    /** By how much two slices one after the other may differ, as a share of the first. */
    public static final double STEADY_WITHIN = 0.05;

    /** A little of the load. */
    @FunctionalInterface
    public interface Work {
        /** The CPU time of each unit while it worked for this long; NaN if there was no unit. */
        double costOfUnit(Duration time) throws Exception;
    }

    /**
     * Works slice by slice until two of them cost the same.
     *
     * @param atLeast however steady it is; it may be more than is worked otherwise at most
     */
    public static WarmUp by(Work work, Duration atLeast) throws Exception {
        Duration lasted = Duration.ZERO;
        double before = Double.NaN;
        boolean steady;
        do {
            double cost = work.costOfUnit(SLICE);
            steady = Math.abs(cost - before) < STEADY_WITHIN * before;
            before = cost;
            lasted = lasted.plus(SLICE);
        } while (lasted.compareTo(atLeast) < 0 || (!steady && lasted.compareTo(AT_MOST) < 0));
        return new WarmUp(lasted, steady);
    }

    @Override
    public String toString() {
        return lasted.toSeconds() + (steady ? " s" : " s and still changing");
    }
}
