package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.Fold;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log in PostgreSQL. */
final class PostgresLogStore implements LogStore {
    private static final Logger log = LoggerFactory.getLogger(PostgresLogStore.class);

    /**
     * Classes of SQLSTATE by which the database refuses what it was given: unsupported, data,
     * constraints, rights, size, raised by the function. The statement is over then and left
     * nothing. Of anything else we do not know.
     */
    private static final Set<String> REFUSALS = Set.of("0A", "22", "23", "42", "54", "P0");

    /** More facts than any request leaves. */
    private static final int LONGEST_REQUEST = 10_000;

    private static final String KEEP =
            "INSERT INTO fold_state AS s (ledger_id, fold, subject, position, event_id, event_at,"
                    + " state)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ledger_id, fold, subject) DO UPDATE"
                    + " SET position = EXCLUDED.position, event_id = EXCLUDED.event_id,"
                    + " event_at = EXCLUDED.event_at,"
                    + " state = EXCLUDED.state WHERE s.position < EXCLUDED.position";

    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final Duration answerWithin;

    /**
     * @param answerWithin how long an append may take before its connection is given up
     */
    PostgresLogStore(
            DataSource database, String ledgerId, EventCodec codec, Duration answerWithin) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.answerWithin = answerWithin;
    }

    @Override
    public Answer append(@Nullable Known known, BatchJudge judged) {
        boolean sent = false;
        try {
            AppendStatement statement = new AppendStatement(ledgerId, known, judged);
            Connection connection = database.getConnection();
            try {
                // At its end nothing is cancelled, for cancelling a commit tells nothing: we only
                // stop listening.
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(answerWithin.toMillis()));
                sent = true;
                return new Answer.Judged(statement.execute(connection));
            } finally {
                giveBack(connection);
            }
        } catch (SQLException | RuntimeException | Error e) {
            if (!sent) {
                return new Answer.NotSent(e);
            }
            return isRefusal(e) ? new Answer.Refused(e) : new Answer.Silence(e);
        }
    }

    /** An answer that has been read stands, whatever happens to its connection afterwards. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a connection could not be given back", e);
        }
    }

    private static boolean isRefusal(Throwable e) {
        String state = e instanceof SQLException refusal ? refusal.getSQLState() : null;
        return state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2));
    }

    @Override
    public Found bringUpToDate(
            @Nullable Known known, Map<Fold<?>, Held<?>> olds, @Nullable String requestId) {
        var query = new FoldQuery(ledgerId, codec, known);
        if (requestId != null) {
            query.askRequest(requestId);
        }
        olds.forEach(query::askAny);
        try {
            return query.run(database);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Tail.Head end() {
        try {
            return LogRows.end(database, ledgerId);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public boolean has(Known known) {
        return !query(
                        _ -> true,
                        "SELECT 1 FROM event WHERE ledger_id = ? AND position = ? AND id = ?"
                                + " AND at = ?",
                        ledgerId,
                        known.position(),
                        known.eventId(),
                        known.atUtc())
                .isEmpty();
    }

    @Override
    public List<Tail.Entry> between(long after, long upTo) {
        return query(
                row -> LogRows.entry(row, codec),
                "SELECT "
                        + LogRows.STORED
                        + " FROM event WHERE ledger_id = ? AND position > ?"
                        + " AND position <= ? ORDER BY position",
                ledgerId,
                after,
                upTo);
    }

    @Override
    public List<RecordedEvent> after(long position, int limit) {
        return query(
                row -> LogRows.recorded(row, codec),
                "SELECT "
                        + LogRows.RECORDED
                        + " FROM event WHERE ledger_id = ? AND position > ?"
                        + " ORDER BY position LIMIT ?",
                ledgerId,
                position,
                limit);
    }

    @Override
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
        return (from.isEmpty() ? withKey(TaggedRequests.key(requestId)) : from)
                .stream()
                        .takeWhile(e -> requestId.equals(e.metadata().get(Stamp.REQUEST)))
                        .toList();
    }

    /** All events with a tag of this key, in order; two tags may have one key, however unlikely. */
    List<RecordedEvent> withKey(UUID key) {
        return query(
                row -> LogRows.recorded(row, codec),
                "SELECT e.* FROM event_tag t CROSS JOIN LATERAL (SELECT "
                        + LogRows.RECORDED
                        + " FROM event e WHERE e.ledger_id = t.ledger_id"
                        + " AND e.position = t.position OFFSET 0) e"
                        + " WHERE t.ledger_id = ? AND t.tag = ? ORDER BY t.position",
                ledgerId,
                key);
    }

    @Override
    public boolean hasTaggedRequests() {
        return !query(_ -> true, "SELECT 1 FROM tagged_requests WHERE ledger_id = ?", ledgerId)
                .isEmpty();
    }

    @Override
    public void keep(Collection<KeptState> states) {
        try (Connection connection = database.getConnection();
                PreparedStatement keep = connection.prepareStatement(KEEP)) {
            for (KeptState one : states) {
                keep.setString(1, ledgerId);
                keep.setString(2, one.fold());
                keep.setString(3, one.subject());
                keep.setLong(4, one.newest().position());
                keep.setObject(5, one.newest().eventId(), Types.OTHER);
                keep.setObject(6, one.newest().atUtc());
                keep.setBytes(7, codec.json().writeValueAsBytes(one.state()));
                keep.executeUpdate();
            }
        } catch (SQLException e) {
            throw new LogUnreadable("states of ledger " + ledgerId + " could not be kept", e);
        }
    }

    /** Rows of the log by any other statement, for {@link EventLog}. */
    <T> List<T> query(LogRows.Mapper<T> mapper, String sql, Object... parameters) {
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
