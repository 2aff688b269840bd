package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.LogKnowledge.Known;
import org.jspecify.annotations.Nullable;

/** A batch as the one call of {@code ledger_append} that judges and writes it. */
final class AppendStatement {
    private static final String SQL =
            "SELECT request, verdict, first_position, recorded_at FROM ledger_append("
                    + "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What PostgreSQL says when a commit returned before its synchronous standby had it. */
    private static final String WARNING = "01000";

    /** Beyond it an instant is not a date PostgreSQL reads, and no deadline anybody waits for. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final String ledgerId;
    private final @Nullable Known known;
    private final List<AppendRequest> batch;

    private final List<Integer> ruleOf = new ArrayList<>();
    private final List<String> ruleTags = new ArrayList<>();
    private final List<String> ruleTypes = new ArrayList<>();
    private final List<Integer> eventOf = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();

    AppendStatement(String ledgerId, @Nullable Known known, List<AppendRequest> batch) {
        this.ledgerId = ledgerId;
        this.known = known;
        this.batch = batch;
        for (int i = 0; i < batch.size(); i++) {
            Condition condition = batch.get(i).condition();
            if (condition != null) {
                for (Rule rule : condition.rules()) {
                    ruleOf.add(i + 1);
                    ruleTags.add(Tags.arrayLiteral(rule.tags()));
                    ruleTypes.add(Tags.arrayLiteral(rule.types()));
                }
            }
            for (NewEvent event : batch.get(i).events()) {
                eventOf.add(i + 1);
                events.add(event);
            }
        }
    }

    /**
     * One verdict for each request, in order.
     *
     * @throws SQLException nothing is known then, unless the database itself refused; a commit that
     *     came back with a warning is among it
     */
    List<Verdict> execute(Connection connection) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(SQL)) {
            bind(call);
            List<Verdict> verdicts = new ArrayList<>();
            try (ResultSet rows = call.executeQuery()) {
                while (rows.next()) {
                    verdicts.add(verdict(rows));
                }
            }
            for (SQLWarning w = call.getWarnings(); w != null; w = w.getNextWarning()) {
                if (WARNING.equals(w.getSQLState())) {
                    throw w;
                }
            }
            return verdicts;
        }
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        String verdict = row.getString(2);
        return switch (verdict) {
            case "APPENDED" ->
                    new Verdict.Written(
                            row.getLong(3), row.getObject(4, OffsetDateTime.class).toInstant());
            case "CONFLICT" -> new Verdict.Conflict();
            case "TOO_LATE" -> new Verdict.DeadlinePassed();
            case "LOG_SHORTER" -> new Verdict.LogIsShorter();
            default -> throw new IllegalStateException("no verdict is called " + verdict);
        };
    }

    private void bind(PreparedStatement call) throws SQLException {
        Rivals rivals = new Rivals(batch);
        call.setString(1, ledgerId);
        call.setLong(2, known == null ? 0 : known.position());
        call.setObject(3, known == null ? null : known.eventId(), Types.OTHER);
        array(call, 4, "timestamptz", batch.stream().map(AppendStatement::deadline).toList());
        array(call, 5, "boolean", batch.stream().map(AppendRequest::inDoubt).toList());
        array(call, 6, "bigint", batch.stream().map(AppendStatement::after).toList());
        array(call, 7, "uuid", batch.stream().map(AppendStatement::afterId).toList());
        array(call, 8, "integer", batch.stream().map(r -> r.events().size()).toList());
        array(call, 9, "integer", rivals.of());
        array(call, 10, "integer", rivals.earlier());
        array(call, 11, "integer", ruleOf);
        array(call, 12, "text", ruleTags);
        array(call, 13, "text", ruleTypes);
        array(call, 14, "integer", eventOf);
        array(call, 15, "uuid", events.stream().map(NewEvent::id).toList());
        array(call, 16, "text", events.stream().map(e -> e.event().type()).toList());
        array(call, 17, "text", events.stream().map(e -> e.event().version()).toList());
        array(call, 18, "text", events.stream().map(e -> Tags.arrayLiteral(e.tags())).toList());
        array(call, 19, "text", events.stream().map(NewEvent::metadata).toList());
        byte[][] payloads = events.stream().map(e -> e.event().payload()).toArray(byte[][]::new);
        call.setArray(20, call.getConnection().createArrayOf("bytea", payloads));
    }

    private static void array(PreparedStatement call, int index, String type, Collection<?> values)
            throws SQLException {
        Object[] elements = type.equals("text") ? values.toArray(String[]::new) : values.toArray();
        call.setArray(index, call.getConnection().createArrayOf(type, elements));
    }

    private static @Nullable String deadline(AppendRequest request) {
        Instant deadline = request.deadline();
        return deadline == null || deadline.isAfter(NEVER) ? null : deadline.toString();
    }

    private static @Nullable Long after(AppendRequest request) {
        return request.condition() == null ? null : Long.valueOf(request.condition().after());
    }

    private static @Nullable UUID afterId(AppendRequest request) {
        return request.condition() == null ? null : request.condition().eventId();
    }
}
