package jp.hashimo.ledger.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * One statement that reads the events of some rules together with the end of the log.
 *
 * <p>Both come from one snapshot: an event that is missing among the rows stands after the marker,
 * so the append that relies on the marker will find it.
 */
final class SourceQuery {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param head where the log ended, and which event stood there
     */
    record Sourced(List<RecordedEvent> events, LogMarker head) {}

    /**
     * @param from the first position to read
     */
    SourceQuery(String ledgerId, List<Rule> rules, long from) {
        // Every row repeats the head, so that it is there even when nothing was found. OFFSET 0
        // keeps the planner from turning probes of the key into a pass over the log.
        add(
                "SELECT e.position, e.at, e.id, e.type, e.version, e.metadata, e.payload, h.position, h.at, h.id");
        add(" FROM (SELECT position, at, id FROM event WHERE ledger_id = ?", ledgerId);
        add(" ORDER BY position DESC LIMIT 1) h LEFT JOIN LATERAL (SELECT found.* FROM (");
        if (rules.isEmpty()) {
            add("SELECT 0::bigint AS position");
        }
        for (int i = 0; i < rules.size(); i++) {
            if (i > 0) {
                add(" UNION ");
            }
            addRule(ledgerId, rules.get(i), from);
        }
        add(") hit CROSS JOIN LATERAL (SELECT " + LogRows.RECORDED);
        add(" FROM event WHERE ledger_id = ?", ledgerId);
        add(" AND position = hit.position OFFSET 0) found) e ON true ORDER BY e.position");
    }

    private void addRule(String ledgerId, Rule rule, long from) {
        String table = rule.tags().isEmpty() ? "event" : "event_tag";
        add("SELECT t.position FROM " + table + " t WHERE t.ledger_id = ?", ledgerId);
        add(" AND t.position >= ?", from);
        if (!rule.types().isEmpty()) {
            add(" AND EXISTS (SELECT FROM event o WHERE o.ledger_id = t.ledger_id");
            add(
                    " AND o.position = t.position AND o.type = ANY (?) OFFSET 0)",
                    (Object) rule.types().toArray(String[]::new));
        }
        for (int i = 0; i < rule.tags().size(); i++) {
            if (i == 0) {
                add(" AND t.tag = ?", rule.tags().get(i));
            } else {
                add(" AND EXISTS (SELECT FROM event_tag o WHERE o.ledger_id = t.ledger_id");
                add(" AND o.tag = ? AND o.position = t.position OFFSET 0)", rule.tags().get(i));
            }
        }
    }

    private void add(String text, Object... values) {
        sql.append(text);
        parameters.addAll(List.of(values));
    }

    Sourced run(DataSource database, EventCodec codec) throws SQLException {
        List<RecordedEvent> events = new ArrayList<>();
        List<LogMarker> heads =
                LogRows.query(
                        database,
                        row -> {
                            row.getLong(1);
                            if (!row.wasNull()) {
                                events.add(LogRows.recorded(row, codec));
                            }
                            return marker(row);
                        },
                        sql.toString(),
                        parameters.toArray());
        return new Sourced(events, heads.isEmpty() ? new LogMarker(null) : heads.getFirst());
    }

    private static LogMarker marker(ResultSet row) throws SQLException {
        return new LogMarker(LogRows.known(row, 7));
    }
}
