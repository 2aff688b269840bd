package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Reads the log directly, for projections and proofs. */
public final class EventLog {
    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final HeadWatch watch;

    public EventLog(DataSource database, String ledgerId, EventCodec codec, HeadWatch watch) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.watch = watch;
    }

    /**
     * The events that follow a position, in order and without a gap.
     *
     * @param afterPosition the last position already seen, 0 to read from the beginning
     */
    public List<RecordedEvent> read(long afterPosition, int limit) {
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
        return query(
                row -> LogRows.recorded(row, codec),
                "SELECT e.* FROM event_tag t CROSS JOIN LATERAL (SELECT "
                        + LogRows.RECORDED
                        + " FROM event e WHERE e.ledger_id = t.ledger_id"
                        + " AND e.position = t.position OFFSET 0) e"
                        + " WHERE t.ledger_id = ? AND t.tag = ? ORDER BY t.position",
                ledgerId,
                tag);
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
