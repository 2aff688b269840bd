package jp.hashimo.api.http;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Stamp;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Idempotency for calls that leave no fact in the log: the first answer is kept and given again.
 */
@Component
public class StoredAnswers {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Requests requests;
    private final TransactionTemplate transaction;
    private final EventLog log;
    private final Clock wall = Clock.systemUTC();

    StoredAnswers(
            JdbcClient jdbc,
            JsonMapper json,
            Requests requests,
            TransactionTemplate transaction,
            EventLog log) {
        this.jdbc = jdbc;
        this.json = json;
        this.requests = requests;
        this.transaction = transaction;
        this.log = log;
    }

    private record Kept(String bodyHash, Answer answer) {}

    /**
     * Does what is asked unless the same request did it before. What it does and its answer become
     * durable together.
     */
    public ResponseEntity<Object> once(Caller caller, Supplier<Answer> act) {
        return once(requests.stamp(caller), act);
    }

    /** As {@link #once(Caller, Supplier)}, for a request of somebody who has not signed in. */
    public ResponseEntity<Object> once(Stamp stamp, Supplier<Answer> act) {
        Optional<Kept> before = kept(stamp.requestId());
        if (before.isPresent()) {
            return again(before.get(), stamp);
        }
        try {
            Answer answer =
                    transaction.execute(_ -> {
                        Answer fresh = act.get();
                        keep(stamp, fresh);
                        return fresh;
                    });
            return response(answer).body(answer.body());
        } catch (DuplicateKeyException twin) {
            // A double tap: the other one was first, and what we did is undone.
            return again(kept(stamp.requestId()).orElseThrow(() -> twin), stamp);
        }
    }

    private ResponseEntity<Object> again(Kept first, Stamp stamp) {
        if (!first.bodyHash().equals(stamp.bodyHash())) {
            throw Problem.of(422, "idempotency-key-reused");
        }
        return response(first.answer())
                .header("Idempotency-Replayed", "true")
                .body(first.answer().body());
    }

    private ResponseEntity.BodyBuilder response(Answer answer) {
        return ResponseEntity.status(answer.status())
                .header("Ledger-Position", Long.toString(log.head()));
    }

    Optional<Answer> find(String requestId) {
        return kept(requestId).map(Kept::answer);
    }

    private Optional<Kept> kept(String requestId) {
        return jdbc.sql("SELECT body_hash, status, body FROM stored_answer WHERE request_id = ?")
                .param(requestId)
                .query((row, _) ->
                        new Kept(
                                row.getString(1),
                                new Answer(
                                        row.getInt(2), json.readValue(row.getBytes(3), Map.class))))
                .optional();
    }

    private void keep(Stamp stamp, Answer answer) {
        jdbc.sql(
                        "INSERT INTO stored_answer (request_id, body_hash, status, body, answered_at) VALUES (?, ?, ?, ?, ?)")
                .params(
                        stamp.requestId(),
                        stamp.bodyHash(),
                        answer.status(),
                        json.writeValueAsBytes(answer.body()),
                        wall.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
