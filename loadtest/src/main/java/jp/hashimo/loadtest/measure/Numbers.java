package jp.hashimo.loadtest.measure;

import java.util.Collection;
import java.util.List;

/** The little statistics that a report needs. */
public final class Numbers {
    private Numbers() {}

    /** The middle one, or halfway between the two in the middle; NaN of nothing. */
    public static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return size % 2 == 1
                ? sorted.get(size / 2)
                : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }

    /**
     * The smallest value that at least this share of all values does not exceed; NaN of nothing.
     *
     * @param share more than 0, at most 1
     */
    public static double percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
