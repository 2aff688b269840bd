package jp.hashimo.api.journal;

import java.util.function.LongSupplier;

/** Keeps work that grows with the log from taking more than its share of the time. */
final class Pace {
    private final int share;
    private final LongSupplier nanoTime;
    private long last;
    private long took;

    /**
     * @param share one part in so many
     */
    Pace(int share, LongSupplier nanoTime) {
        this.share = share;
        this.nanoTime = nanoTime;
    }

    /** Does the work, unless the last time took so long that it is too early yet. */
    synchronized void keep(Runnable work) {
        long begin = nanoTime.getAsLong();
        if (took > 0 && begin - last < share * took) {
            return;
        }
        work.run();
        last = nanoTime.getAsLong();
        took = last - begin;
    }
}
