package jp.hashimo.api.payment;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import jp.hashimo.ledger.eventstore.RecordedEvent;

/** The events of the log from some time on, as far as tables show them. One thread takes them. */
final class ShownEvents {
    private static final long NOT_BEGUN = -1;

    private final LongSupplier head;
    private final LongFunction<List<RecordedEvent>> after;
    private final LongSupplier shown;
    private long seen = NOT_BEGUN;

    /**
     * @param head the last position of the log
     * @param after what follows a position, in order, or a part of it
     * @param shown the position the tables are believed to show
     */
    ShownEvents(LongSupplier head, LongFunction<List<RecordedEvent>> after, LongSupplier shown) {
        this.head = head;
        this.after = after;
        this.shown = shown;
    }

    /** The log has lost its end, and what was seen may be beyond it. */
    void lost() {
        seen = NOT_BEGUN;
    }

    /**
     * Begins at the end of the log.
     *
     * @return false while the tables are believed to show more than the log has, which is of its
     *     past before a loss; what comes next would seem to be shown already
     */
    boolean begin() {
        if (seen == NOT_BEGUN) {
            // First what is shown: in between the log only grows, unless it loses something.
            long believed = shown.getAsLong();
            long end = head.getAsLong();
            seen = believed <= end ? end : NOT_BEGUN;
        }
        return seen != NOT_BEGUN;
    }

    /** The position of the next. */
    long next() {
        return seen + 1;
    }

    /** What is shown and was not taken before. */
    List<RecordedEvent> take() {
        long upTo = shown.getAsLong();
        List<RecordedEvent> page =
                after.apply(seen).stream().filter(event -> event.position() <= upTo).toList();
        if (!page.isEmpty()) {
            seen = page.getLast().position();
        }
        return page;
    }

    /** Passes over what is shown, for nobody wants it. */
    void skip() {
        seen = Math.max(seen, shown.getAsLong());
    }
}
