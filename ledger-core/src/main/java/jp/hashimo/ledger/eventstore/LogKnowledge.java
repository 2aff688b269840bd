package jp.hashimo.ledger.eventstore;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The highest event this node has seen, by which every append checks that the log has not become
 * shorter.
 */
final class LogKnowledge {
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final List<Runnable> whenShorter = new CopyOnWriteArrayList<>();

    @Nullable Known known() {
        return known.get();
    }

    void learn(long position, UUID eventId) {
        known.updateAndGet(old ->
                old != null && old.position() >= position ? old : new Known(position, eventId));
    }

    void whenShorter(Runnable listener) {
        whenShorter.add(listener);
    }

    /**
     * Forgets what the log no longer has; whoever derived something from it is told, once for each
     * loss.
     *
     * @param lost what was known when the loss was noticed
     */
    void forget(Known lost) {
        if (known.compareAndSet(lost, null)) {
            whenShorter.forEach(Runnable::run);
        }
    }
}
