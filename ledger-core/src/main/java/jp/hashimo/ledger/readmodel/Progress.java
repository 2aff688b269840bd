package jp.hashimo.ledger.readmodel;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far one projection is, for those who wait for it. */
final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long position;
    private boolean stopped;

    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    void reached(long to) {
        lock.lock();
        try {
            position = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void goOn() {
        lock.lock();
        try {
            stopped = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a position; false if it does not come in time, or not any more. */
    boolean await(long wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (position < wanted && !stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            return position >= wanted;
        } finally {
            lock.unlock();
        }
    }
}
