package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes readers when the log grows: at once for what this process wrote, and by asking every now
 * and then for what others did.
 *
 * <p>Being woken is a hint. A reader may be woken for nothing and many appends may wake it once, so
 * it always reads on from where it stood.
 */
public final class HeadWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeadWatch.class);

    private final Look look;
    private final String ledgerId;
    private final long pollNanos;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long announced;
    private long woken;
    private boolean hinted;
    private boolean closed;

    /**
     * @param pollEvery how often to look for what other nodes wrote
     */
    public HeadWatch(DataSource database, String ledgerId, Duration pollEvery) {
        this(() -> LogRows.head(database, ledgerId), ledgerId, pollEvery);
    }

    HeadWatch(Look look, String ledgerId, Duration pollEvery) {
        this.look = look;
        this.ledgerId = ledgerId;
        this.pollNanos = pollEvery.toNanos();
        Thread.ofPlatform().daemon().name("head-watch-" + ledgerId).start(this::work);
    }

    /** Looks where the log ends. */
    @FunctionalInterface
    interface Look {
        long end() throws SQLException;
    }

    /**
     * Runs {@code reader} after each growth, on the watch's own thread: it must only wake somebody
     * else.
     *
     * @return closes the subscription
     */
    public Subscription onAppend(Runnable reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /** Ends a reader's interest. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Tells of an append of this process. Returns at once. */
    void appended(long lastPosition) {
        lock.lock();
        try {
            announced = Math.max(announced, lastPosition);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else seems to have appended: looks at once. */
    void hint() {
        lock.lock();
        try {
            hinted = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (awaitNews()) {
            for (Runnable reader : readers) {
                try {
                    reader.run();
                } catch (RuntimeException e) {
                    log.error("a reader of ledger {} could not be woken", ledgerId, e);
                }
            }
        }
    }

    /** Returns true when readers have something to look for, false once closed. */
    private boolean awaitNews() {
        while (true) {
            lock.lock();
            try {
                if (!closed && announced == woken && !hinted) {
                    long _ = news.awaitNanos(pollNanos);
                }
                if (closed) {
                    return false;
                }
                if (announced != woken) {
                    woken = announced;
                    return true;
                }
                hinted = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
            poll();
        }
    }

    private long announced() {
        lock.lock();
        try {
            return announced;
        } finally {
            lock.unlock();
        }
    }

    private void poll() {
        try {
            long before = announced();
            long head = look.end();
            lock.lock();
            try {
                // What was announced during the look is newer than it. Otherwise a head behind what
                // was announced is a log that became shorter, and to be woken does no harm.
                if (announced == before) {
                    announced = head;
                }
            } finally {
                lock.unlock();
            }
        } catch (SQLException | RuntimeException e) {
            log.debug("ledger {} does not answer", ledgerId, e);
        }
    }
}
