package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Fold.Keepsake;
import org.jspecify.annotations.Nullable;

/**
 * One statement that brings several folds up to date: their kept states, the events that came
 * after, and the end of the log.
 *
 * <p>All come from one snapshot of the database: an event that is missing among the rows stands
 * after the end that is returned.
 */
final class FoldQuery {
    private static final String KEPT =
            "SELECT s.position, s.event_at, s.event_id, s.state FROM fold_state s WHERE s.ledger_id = ?"
                    + " AND s.fold = ? AND s.subject = ? AND s.position > ? AND EXISTS (SELECT FROM"
                    + " event e WHERE e.ledger_id = s.ledger_id AND e.position = s.position"
                    + " AND e.id = s.event_id AND e.at = s.event_at)";
    private static final int HEAD = 0;
    private static final int KNOWN = -1;
    private static final int REQUEST = -2;

    private final String ledgerId;
    private final EventCodec codec;
    private final @Nullable Known known;
    private final List<Fold<?>> folds = new ArrayList<>();
    private final List<Held<?>> olds = new ArrayList<>();
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param known what the log must have for what is known of the folds to be true
     */
    FoldQuery(String ledgerId, EventCodec codec, @Nullable Known known) {
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.known = known;
        add(
                "SELECT 0, position, at, id, '', '', NULL::text, NULL::bytea"
                        + " FROM (SELECT position, at, id FROM event WHERE ledger_id = ?"
                        + " ORDER BY position DESC LIMIT 1) head",
                ledgerId);
        if (known != null) {
            add(
                    " UNION ALL SELECT "
                            + KNOWN
                            + ", position, at, id, '', '', NULL, NULL FROM event"
                            + " WHERE ledger_id = ? AND position = ? AND id = ? AND at = ?",
                    ledgerId,
                    known.position(),
                    known.eventId(),
                    known.atUtc());
        }
    }

    /** Asks whether a request has left facts, as requests are known today or as they once were. */
    void askRequest(String requestId) {
        add(" UNION ALL SELECT " + REQUEST + ", position, at, id, '', '', NULL, NULL FROM event");
        add(" WHERE ledger_id = ? AND id = ?", ledgerId, RequestIds.of(requestId, 0));
        add(" UNION ALL SELECT " + REQUEST + ", position, 'epoch', tag, '', '', NULL, NULL");
        add(" FROM event_tag WHERE ledger_id = ?", ledgerId);
        add(" AND tag = ?", TaggedRequests.key(requestId));
    }

    /** Asks for one more fold, from what is known of it on. */
    @SuppressWarnings("unchecked")
    <T> void askAny(Fold<T> fold, Held<?> old) {
        ask(fold, (Held<T>) old);
    }

    private <T> void ask(Fold<T> fold, Held<T> old) {
        folds.add(fold);
        olds.add(old);
        int number = folds.size();
        Keepsake<T> form = fold.keepsake();
        String after = "?";
        List<Object> afters = List.of(old.upTo());
        if (form != null) {
            List<Object> kept = List.of(ledgerId, form.name(), fold.facts().value(), old.upTo());
            add(
                    " UNION ALL SELECT "
                            + number
                            + ", kept.position, kept.event_at, kept.event_id, '', '', NULL,");
            add(" kept.state FROM (" + KEPT + ") kept", kept.toArray());
            after = "coalesce((SELECT kept.position FROM (" + KEPT + ") kept), ?)";
            afters = new ArrayList<>(kept);
            afters.add(old.upTo());
        }
        add(" UNION ALL SELECT " + number + ", e.* FROM event_tag t CROSS JOIN LATERAL (SELECT ");
        add(LogRows.RECORDED + " FROM event WHERE ledger_id = t.ledger_id");
        add(" AND position = t.position OFFSET 0) e WHERE t.ledger_id = ?", ledgerId);
        add(" AND t.tag = ?", TagKey.of(fold.facts().tag()));
        add(" AND t.position > " + after, afters.toArray());
    }

    private void add(String text, Object... values) {
        sql.append(text);
        parameters.addAll(List.of(values));
    }

    /** Nothing is known if it fails. */
    LogStore.Found run(DataSource database) throws SQLException {
        List<List<RecordedEvent>> events = new ArrayList<>();
        Map<Integer, Held<?>> kept = new HashMap<>();
        folds.forEach(_ -> events.add(new ArrayList<>()));
        Tail.Head head = Tail.Head.OF_NOTHING;
        boolean shorter = known != null;
        boolean done = false;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql + " ORDER BY 1, 2")) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    int number = rows.getInt(1);
                    if (number == KNOWN) {
                        shorter = false;
                    } else if (number == REQUEST) {
                        done = true;
                    } else if (number == HEAD) {
                        head = new Tail.Head(LogRows.known(rows, 1));
                    } else if (rows.getString(5).isEmpty()) {
                        kept.put(number, keptState(folds.get(number - 1), rows));
                    } else {
                        events.get(number - 1).add(LogRows.recorded(rows, 1, codec));
                    }
                }
            }
        }
        Map<Fold<?>, Held<?>> states = new HashMap<>();
        for (int i = 0; i < folds.size(); i++) {
            Held<?> base = kept.getOrDefault(i + 1, olds.get(i));
            states.put(folds.get(i), with(folds.get(i), base, events.get(i), head.position()));
        }
        int facts = events.stream().mapToInt(List::size).sum();
        return new LogStore.Found(head, shorter, states, facts, done);
    }

    private <T> Held<T> keptState(Fold<T> fold, ResultSet row) throws SQLException {
        Keepsake<T> form = fold.keepsake();
        if (form == null) {
            throw new IllegalStateException("never kept: " + fold);
        }
        T state = codec.json().readValue(row.getBytes(8), form.type());
        Known newest = LogRows.known(row, 1);
        return new Held<>(state, newest.position(), newest, 0);
    }

    /**
     * Two tags may have one key, however unlikely: an event counts only if it has the tag itself.
     */
    @SuppressWarnings("unchecked")
    private static <T> Held<T> with(
            Fold<T> fold, Held<?> base, List<RecordedEvent> events, long upTo) {
        String tag = fold.facts().tag();
        List<RecordedEvent> own =
                events.stream().filter(e -> FactTags.printed(e.event()).contains(tag)).toList();
        return ((Held<T>) base).with(fold, own, upTo);
    }
}
