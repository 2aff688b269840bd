package jp.hashimo.ledger.eventstore;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Fold.Keepsake;
import jp.hashimo.ledger.eventstore.LogStore.KeptState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps states beside the log when many events have gone into them, so that nobody has to fold a
 * long history twice.
 *
 * <p>It is done in the background and may be left undone: what is missing is folded again.
 */
final class FoldStates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FoldStates.class);

    private static final int WAITING = 1_000;

    private final LogStore store;
    private final int every;
    private final BlockingQueue<KeptState> waiting = new ArrayBlockingQueue<>(WAITING);
    private @Nullable Thread thread;

    /**
     * @param every so many events are folded again at most, give or take those of one moment
     */
    FoldStates(LogStore store, int every) {
        this.store = store;
        this.every = every;
    }

    /** Begins to keep what waits, in the background. */
    void start(String ledgerId) {
        thread = Thread.ofVirtual().name("fold-states-" + ledgerId).start(this::work);
    }

    /** Has a state kept if enough has gone into it; returns what to go on with. */
    <T> Held<T> keep(Fold<T> fold, Held<T> held) {
        Keepsake<T> form = fold.keepsake();
        Known newest = held.newest();
        if (form == null || newest == null || held.unkept() < every) {
            return held;
        }
        boolean taken =
                waiting.offer(
                        new KeptState(form.name(), fold.facts().value(), newest, held.state()));
        return taken ? held.kept() : held;
    }

    private void work() {
        try {
            while (true) {
                write(with(waiting.take()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what waits now. */
    void writeWaiting() {
        KeptState first = waiting.poll();
        if (first != null) {
            write(with(first));
        }
    }

    /** Together with all that waits behind it, the newest of each. */
    private Collection<KeptState> with(KeptState first) {
        Map<String, KeptState> newest = new LinkedHashMap<>();
        for (KeptState one = first; one != null; one = waiting.poll()) {
            newest.put(one.fold() + ':' + one.subject(), one);
        }
        return newest.values();
    }

    private void write(Collection<KeptState> states) {
        try {
            store.keep(states);
        } catch (RuntimeException e) {
            log.warn("{}", e.toString());
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
