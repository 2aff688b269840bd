package jp.hashimo.loadtest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a moment, by whoever has nothing to be woken by. */
public final class Pause {
    private Pause() {}

    /** Waits at least this long. */
    public static void of(Duration time) throws InterruptedException {
        until(System.nanoTime() + time.toNanos());
    }

    /**
     * Waits until then; not at all if that has passed.
     *
     * @param nanoTime as {@link System#nanoTime} counts
     */
    public static void until(long nanoTime) throws InterruptedException {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting");
            }
        }
    }
}
