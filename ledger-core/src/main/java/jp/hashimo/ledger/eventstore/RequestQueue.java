package jp.hashimo.ledger.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be written, in the order it came, bounded by count and by bytes. */
final class RequestQueue {
    private final CommitLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<AppendRequest> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

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
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to write and takes one batch; empty once closed and drained. */
    List<AppendRequest> takeBatch() {
        lock.lock();
        try {
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
            return batch;
        } finally {
            lock.unlock();
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
