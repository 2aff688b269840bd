package jp.hashimo.ledger.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written, in the order it came, bounded by count and by bytes.
 *
 * <p>Callers who were just answered tend to come back at once. Without a pause they would meet a
 * batch that has already left, and two half-empty batches would take turns for ever. So behind a
 * batch of several the next one waits for them a little: an eighth of what the last one took, at
 * most half a millisecond, and no longer than until as many have come.
 */
final class RequestQueue {
    private static final long LONGEST_PAUSE_NANOS = 500_000;

    private final CommitLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<AppendRequest> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

    // What the committer waits for, and what it last took.
    private int wanted = 1;
    private int lastTaken;
    private long lastTakenAt;

    RequestQueue(CommitLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes the request in, or refuses it at once. A request larger than all that may wait is taken
     * when nothing else does.
     */
    void add(AppendRequest request) {
        lock.lock();
        try {
            if (closed) {
                throw new LedgerOverloaded("the ledger is being closed");
            }
            if (waiting.size() >= limits.waitingRequests()
                    || (!waiting.isEmpty()
                            && waitingBytes + request.bytes() > limits.waitingBytes())) {
                throw new LedgerOverloaded(
                        "%d appends with %d bytes wait already"
                                .formatted(waiting.size(), waitingBytes));
            }
            waiting.add(request);
            waitingBytes += request.bytes();
            if (waiting.size() >= wanted) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to write and takes one batch; empty once closed and drained. */
    List<AppendRequest> takeBatch() {
        lock.lock();
        try {
            pause();
            wanted = 1;
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<AppendRequest> batch = new ArrayList<>();
            long bytes = 0;
            while (!waiting.isEmpty() && batch.size() < limits.batchRequests()) {
                long next = waiting.peekFirst().bytes();
                if (!batch.isEmpty() && bytes + next > limits.batchBytes()) {
                    break;
                }
                batch.add(waiting.removeFirst());
                bytes += next;
            }
            waitingBytes -= bytes;
            lastTaken = batch.size();
            lastTakenAt = System.nanoTime();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        if (lastTaken < 2) {
            return;
        }
        long nanos = Math.min(LONGEST_PAUSE_NANOS, (System.nanoTime() - lastTakenAt) / 8);
        wanted = Math.min(limits.batchRequests(), waiting.size() + lastTaken);
        try {
            while (nanos > 0 && waiting.size() < wanted && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes nothing in any more; what waits is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
