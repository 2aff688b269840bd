package jp.hashimo.ledger.readmodel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log page by page, once for all who want the same page. While a full page is worked on,
 * the next is read and decoded beside it; no more than that is kept.
 */
final class LogPages {
    private final EventLog log;
    private volatile @Nullable Ahead ahead;

    LogPages(EventLog log) {
        this.log = log;
    }

    /** A page that is being read before it is asked for. */
    private record Ahead(long after, int limit, CompletableFuture<List<RecordedEvent>> events) {}

    /** The events after a position, in order and without a gap; none at the head of the log. */
    List<RecordedEvent> after(long position, int limit) {
        List<RecordedEvent> page = take(position, limit);
        if (page.size() == limit && limit > 1) {
            long last = page.getLast().position();
            ahead =
                    new Ahead(
                            last,
                            limit,
                            CompletableFuture.supplyAsync(
                                    () -> log.read(last, limit),
                                    task -> Thread.ofVirtual().start(task)));
        }
        return page;
    }

    /** Forgets what was read ahead; the log may have changed since. */
    void forget() {
        ahead = null;
    }

    private List<RecordedEvent> take(long position, int limit) {
        Ahead read = ahead;
        ahead = null;
        if (read != null && read.after() == position && read.limit() == limit) {
            try {
                return read.events().join();
            } catch (CompletionException e) {
                // Whoever needs the page meets the fault itself.
            }
        }
        return log.read(position, limit);
    }
}
