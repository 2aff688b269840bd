package jp.hashimo.ledger.eventstore;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits a little longer after each failure, from ten milliseconds to one second, with jitter. */
final class Backoff {
    private long millis = 10;

    void pause() {
        long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(jittered));
        millis = Math.min(1_000, millis * 2);
    }
}
