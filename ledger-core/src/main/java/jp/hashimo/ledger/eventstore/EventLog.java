package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Reads the log directly, for projections and proofs. */
public final class EventLog {
    /** More facts than any request leaves. */
    private static final int LONGEST_REQUEST = 10_000;

    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final HeadWatch watch;
    private final Tail tail;

    /** A log of which nothing is in memory. */
    public EventLog(DataSource database, String ledgerId, EventCodec codec, HeadWatch watch) {
        this(database, ledgerId, codec, watch, new Tail(1));
    }

    EventLog(DataSource database, String ledgerId, EventCodec codec, HeadWatch watch, Tail tail) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
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
        return newest.isEmpty() ? readStoredOnes(afterPosition, limit) : newest;
    }

    private List<RecordedEvent> readStoredOnes(long afterPosition, int limit) {
        return query(
                row -> LogRows.recorded(row, codec),
                "SELECT "
                        + LogRows.RECORDED
                        + " FROM event WHERE ledger_id = ? AND position > ?"
                        + " ORDER BY position LIMIT ?",
                ledgerId,
                afterPosition,
                limit);
    }

    /** As {@link #read}, but byte for byte as stored. */
    public List<StoredEvent> readStored(long afterPosition, int limit) {
        return query(
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
        try {
            return LogRows.head(database, ledgerId);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * All events with a tag, in order.
     *
     * @param tag {@code key:value}
     */
    public List<RecordedEvent> withTag(String tag) {
        // Two tags may have one key, however unlikely.
        return withKeyOf(tag).stream()
                .filter(recorded -> FactTags.printed(recorded.event()).contains(tag))
                .toList();
    }

    private List<RecordedEvent> withKeyOf(String tag) {
        return query(
                row -> LogRows.recorded(row, codec),
                "SELECT e.* FROM event_tag t CROSS JOIN LATERAL (SELECT "
                        + LogRows.RECORDED
                        + " FROM event e WHERE e.ledger_id = t.ledger_id"
                        + " AND e.position = t.position OFFSET 0) e"
                        + " WHERE t.ledger_id = ? AND t.tag = ? ORDER BY t.position",
                ledgerId,
                TagKey.of(tag));
    }

    /**
     * The events a request has left, in order; they stand side by side.
     *
     * @param requestId as in {@link Stamp}
     */
    public List<RecordedEvent> ofRequest(String requestId) {
        List<RecordedEvent> from =
                query(
                        row -> LogRows.recorded(row, codec),
                        "SELECT e.* FROM (SELECT position FROM event WHERE ledger_id = ? AND id = ?) f"
                                + " CROSS JOIN LATERAL (SELECT "
                                + LogRows.RECORDED
                                + " FROM event WHERE ledger_id = ? AND position >= f.position"
                                + " ORDER BY position LIMIT "
                                + LONGEST_REQUEST
                                + ") e ORDER BY 1",
                        ledgerId,
                        RequestIds.of(requestId, 0),
                        ledgerId);
        return (from.isEmpty() ? withKeyOf("request:" + requestId) : from)
                .stream()
                        .takeWhile(e -> requestId.equals(e.metadata().get(Stamp.REQUEST)))
                        .toList();
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
        return query(
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

    private <T> List<T> query(LogRows.Mapper<T> mapper, String sql, Object... parameters) {
        try {
            return LogRows.query(database, mapper, sql, parameters);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private LogUnreadable unreadable(SQLException e) {
        return new LogUnreadable("ledger " + ledgerId + " cannot be read", e);
    }
}
