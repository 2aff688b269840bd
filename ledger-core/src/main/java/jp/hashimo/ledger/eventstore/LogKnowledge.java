package jp.hashimo.ledger.eventstore;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest event this node has seen, by which it notices that the log has become shorter.
 *
 * <p>All that a node remembers was learnt between two losses, and is of one log with the highest
 * event that is known: as long as that event stands, nothing of it is wrong. Whoever brings
 * something to memory says between which losses he has read it; what was read before a loss is not
 * learnt after it.
 */
final class LogKnowledge {
    private static final Logger log = LoggerFactory.getLogger(LogKnowledge.class);

    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(null, 0));
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> whenShorter = new CopyOnWriteArrayList<>();

    /**
     * What is known at a moment.
     *
     * @param known the highest event, null while nothing is known
     * @param losses how often the log has become shorter
     */
    record Seen(@Nullable Known known, long losses) {}

    Seen seen() {
        return Objects.requireNonNull(seen.get());
    }

    @Nullable Known known() {
        return seen().known();
    }

    /**
     * Learns of an event that was read on the same log as all that is known.
     *
     * @param losses as they were when it was read
     */
    void learn(Known event, long losses) {
        seen.updateAndGet(old ->
                old.losses() == losses && isNewer(event, old.known())
                        ? new Seen(event, losses)
                        : old);
    }

    private static boolean isNewer(Known event, @Nullable Known than) {
        return than == null || than.position() < event.position();
    }

    void whenShorter(Runnable listener) {
        whenShorter.add(listener);
    }

    /**
     * Forgets everything, because the log no longer has something that was known; whoever derived
     * something from it is told, once for each loss.
     *
     * @param losses as they were when that was known
     */
    void forget(long losses) {
        lock.lock();
        try {
            if (seen().losses() == losses) {
                // First what was derived: whoever sees the loss finds nothing older any more.
                whenShorter.forEach(LogKnowledge::tell);
                seen.set(new Seen(null, losses + 1));
            }
        } finally {
            lock.unlock();
        }
    }

    /** One that fails keeps nobody else from being told, nor the loss from being known. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.error("somebody could not be told that the log has become shorter", e);
        }
    }
}
