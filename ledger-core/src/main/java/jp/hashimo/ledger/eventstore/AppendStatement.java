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
import java.util.List;
import java.util.function.Function;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.BatchJudge.Submission;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A batch as the one call of {@code ledger_append} that judges and writes it. */
final class AppendStatement {
    private static final String SQL =
            "SELECT request, verdict, first_position, recorded_at FROM ledger_append("
                    + "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What PostgreSQL says when a commit returned before its synchronous standby had it. */
    private static final String WARNING = "01000";

    /** Beyond it an instant is not a date PostgreSQL reads, and no deadline anybody waits for. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final String ledgerId;
    private final @Nullable Known known;
    private final @Nullable Long reliedHead;
    private final List<AppendRequest> batch;

    private final List<Integer> anchorOf = new ArrayList<>();
    private final List<Known> anchors = new ArrayList<>();
    private final List<Integer> ruleOf = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();
    private final List<Integer> eventOf = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();

    /**
     * @param known the newest event this node has seen
     */
    AppendStatement(String ledgerId, @Nullable Known known, BatchJudge judged) {
        this.ledgerId = ledgerId;
        this.known = known;
        this.reliedHead = judged.reliedHead();
        this.batch = judged.submissions().stream().map(Submission::request).toList();
        int number = 0;
        for (Submission submission : judged.submissions()) {
            number++;
            if (submission.anchor() != null) {
                anchorOf.add(number);
                anchors.add(submission.anchor());
            }
            for (Guard guard : submission.guards()) {
                ruleOf.add(number);
                guards.add(guard);
            }
            for (NewEvent event : submission.request().events()) {
                eventOf.add(number);
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
            case "HEAD_MOVED" -> new Verdict.HeadMoved();
            default -> throw new IllegalStateException("no verdict is called " + verdict);
        };
    }

    private void bind(PreparedStatement call) throws SQLException {
        call.setString(1, ledgerId);
        call.setLong(2, known == null ? 0 : known.position());
        call.setObject(3, known == null ? null : known.eventId(), Types.OTHER);
        call.setObject(4, known == null ? null : known.atUtc(), Types.TIMESTAMP_WITH_TIMEZONE);
        call.setObject(5, reliedHead, Types.BIGINT);
        array(call, 6, "timestamptz", texts(batch, AppendStatement::deadline));
        array(call, 7, "boolean", batch.stream().map(AppendRequest::inDoubt).toArray());
        array(call, 8, "int4", ints(batch.stream().map(r -> r.events().size()).toList()));
        array(call, 9, "int4", ints(anchorOf));
        array(call, 10, "int8", anchors.stream().mapToLong(Known::position).toArray());
        array(call, 11, "uuid", texts(anchors, anchor -> anchor.eventId().toString()));
        array(call, 12, "timestamptz", texts(anchors, anchor -> anchor.at().toString()));
        array(call, 13, "int4", ints(ruleOf));
        array(call, 14, "int8", guards.stream().mapToLong(Guard::after).toArray());
        array(call, 15, "text", texts(guards, g -> Tags.arrayLiteral(g.rule().tags())));
        array(call, 16, "text", texts(guards, g -> Tags.arrayLiteral(g.rule().types())));
        array(call, 17, "int4", ints(eventOf));
        array(call, 18, "uuid", texts(events, event -> event.id().toString()));
        array(call, 19, "text", texts(events, event -> event.encoded().type()));
        array(call, 20, "text", texts(events, event -> event.encoded().version()));
        array(call, 21, "text", texts(events, event -> Tags.arrayLiteral(event.tags())));
        array(call, 22, "text", texts(events, NewEvent::metadataText));
        byte[][] payloads = events.stream().map(e -> e.encoded().payload()).toArray(byte[][]::new);
        array(call, 23, "bytea", payloads);
    }

    private static void array(PreparedStatement call, int index, String type, Object elements)
            throws SQLException {
        // Arrays of primitives, texts and bytes travel in binary form.
        call.setArray(
                index,
                call.getConnection().unwrap(PGConnection.class).createArrayOf(type, elements));
    }

    private static <T> @Nullable String[] texts(
            List<T> values, Function<T, @Nullable String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static @Nullable String deadline(AppendRequest request) {
        Instant deadline = request.deadline();
        return deadline == null || deadline.isAfter(NEVER) ? null : deadline.toString();
    }
}
