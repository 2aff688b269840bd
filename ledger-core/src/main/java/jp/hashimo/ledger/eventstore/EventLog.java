package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Reads the log directly, for projections and proofs. */
public final class EventLog {
    private final PostgresLogStore store;
    private final String ledgerId;
    private final HeadWatch watch;
    private final Tail tail;

    /** A log of which nothing is in memory. */
    public EventLog(DataSource database, String ledgerId, EventCodec codec, HeadWatch watch) {
        this(
                new PostgresLogStore(
                        database, ledgerId, codec, CommitLimits.DEFAULT.answerWithin()),
                ledgerId,
                watch,
                new Tail(1));
    }

    EventLog(PostgresLogStore store, String ledgerId, HeadWatch watch, Tail tail) {
        this.store = store;
        this.ledgerId = ledgerId;
        this.watch = watch;
        this.tail = tail;
    }

    /**
     * The events that follow a position, in order and without a gap; the newest come from memory,
     * already decoded. Whoever keeps what follows from them makes sure that the log still has the
     * last one.
     *
     * @param afterPosition the last position already seen, 0 to read from the beginning
     */
    public List<RecordedEvent> read(long afterPosition, int limit) {
        List<RecordedEvent> newest = tail.read(afterPosition, limit);
        return newest.isEmpty() ? store.after(afterPosition, limit) : newest;
    }

    /** As {@link #read}, but byte for byte as stored. */
    public List<StoredEvent> readStored(long afterPosition, int limit) {
        return store.query(
                LogRows::stored,
                "SELECT "
                        + LogRows.STORED
                        + " FROM event WHERE ledger_id = ? AND position > ?"
                        + " ORDER BY position LIMIT ?",
                ledgerId,
                afterPosition,
                limit);
    }

    /** The last position; 0 of an empty log. */
    public long head() {
        return store.end().position();
    }

    /**
     * All events with a tag, in order.
     *
     * @param tag {@code key:value}
     */
    public List<RecordedEvent> withTag(String tag) {
        // Two tags may have one key, however unlikely.
        return store.withKey(TagKey.of(tag)).stream()
                .filter(recorded -> FactTags.printed(recorded.event()).contains(tag))
                .toList();
    }

    /**
     * The events a request has left, in order; they stand side by side.
     *
     * @param requestId as in {@link Stamp}
     */
    public List<RecordedEvent> ofRequest(String requestId) {
        return store.ofRequest(requestId);
    }

    /**
     * The last position recorded strictly before an instant; 0 if there is none. Needs no index:
     * instants never decrease along the log, so halving finds it in some twenty probes.
     */
    public long lastPositionBefore(Instant instant) {
        long before = 0;
        long notBefore = head() + 1;
        while (notBefore - before > 1) {
            long middle = before + (notBefore - before) / 2;
            if (isBefore(middle, instant)) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return before;
    }

    private boolean isBefore(long position, Instant instant) {
        return store.query(
                        row -> row.getBoolean(1),
                        "SELECT at < ? FROM event WHERE ledger_id = ? AND position = ?",
                        instant.atOffset(ZoneOffset.UTC),
                        ledgerId,
                        position)
                .getFirst();
    }

    /**
     * Has {@code reader} woken when the log has grown, by whomever. It is a hint: see {@link
     * HeadWatch}.
     */
    public HeadWatch.Subscription onAppend(Runnable reader) {
        return watch.onAppend(reader);
    }
}
