package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.KeyedHash;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.eventstore.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Carries a caller's request to the ledger under its idempotency key, and the outcome back.
 *
 * <p>The key is part of what the command's append is conditioned on, so a repetition finds the
 * first outcome in the log itself, for as long as there is a log.
 */
@Component
public class Requests {
    /** After this the ledger writes nothing any more for a request. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final int LONGEST_KEY = 255;

    private final Ledger ledger;
    private final LedgerAnswers answers;
    private final KeyedHash hash;
    private final EventLog log;
    private final Clock wall = Clock.systemUTC();

    Requests(Ledger ledger, LedgerAnswers answers, KeyedHash hash, EventLog log) {
        this.ledger = ledger;
        this.answers = answers;
        this.hash = hash;
        this.log = log;
    }

    /** Executes a command for the request at hand and answers with what its facts say. */
    public <S, R extends Rejection> ResponseEntity<Object> perform(
            Command<S, R> command, Caller caller) {
        return answer(ledger.execute(command, stamp(caller)));
    }

    /**
     * Answers a repetition as the first time, although it would not be let in any more; anything
     * else is the problem given.
     */
    public ResponseEntity<Object> replayOr(Caller caller, Supplier<Problem> problem) {
        Stamp stamp = stamp(caller);
        List<RecordedEvent> before = log.withTag("request:" + stamp.requestId());
        if (before.isEmpty()) {
            throw problem.get();
        }
        return answer(Ledger.repeated(before, stamp, log.head()));
    }

    /** The HTTP answer to an outcome. */
    public ResponseEntity<Object> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done(done);
            case Outcome.Refused(var reason, var position) -> throw answers.to(reason).at(position);
            case Outcome.KeyReused(var position) ->
                    throw Problem.of(422, "idempotency-key-reused").at(position);
            case Outcome.NoTime _ -> throw Problem.of(503, "overloaded").retryAfter(1);
            case Outcome.Unknown _ -> pending();
        };
    }

    private ResponseEntity<Object> done(Outcome.Done done) {
        Answer answer;
        try {
            answer = answers.to(done.events());
        } catch (DataAccessException e) {
            // It has happened, and only the words for it cannot be had: an error would deny it.
            LOG.warn("the answer to what is done at {} cannot be told", done.position(), e);
            return pending();
        }
        var response =
                ResponseEntity.status(answer.status())
                        .header("Ledger-Position", Long.toString(done.position()));
        if (done.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.body(answer.body());
    }

    /** To be asked for by its key; whoever has none, as a provider, sends the same again. */
    private static ResponseEntity<Object> pending() {
        boolean named = current().getHeader("Idempotency-Key") != null;
        return ResponseEntity.accepted()
                .body(
                        named
                                ? Map.of(
                                        "state",
                                        "PENDING",
                                        "request",
                                        "/api/v1/requests/" + key(current()))
                                : Map.of("state", "PENDING"));
    }

    /** The name of the request at hand: its caller and the key the caller chose. */
    public Stamp stamp(Caller caller) {
        return stamp(caller.userId().toString(), key(current()));
    }

    /** The name of a request of somebody who has not signed in but is known in another way. */
    public Stamp stamp(String actor) {
        return stamp(actor, key(current()));
    }

    /**
     * The name of a request that comes with a key of another kind, such as a provider's reference.
     */
    public Stamp stamp(String actor, String key) {
        HttpServletRequest request = current();
        return new Stamp(
                idOf(actor, key),
                hash.of("bodies", fingerprint(request)),
                actor,
                wall.instant().plus(DEADLINE));
    }

    /** What a caller's key is called in the log. */
    public String idOf(String actor, String key) {
        return hash.of("requests", actor + "\n" + key);
    }

    private static byte[] fingerprint(HttpServletRequest request) {
        var all = new ByteArrayOutputStream();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        all.writeBytes(
                (request.getMethod() + " " + request.getRequestURI() + query + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        all.writeBytes(BodyFilter.bytesOf(request));
        return all.toByteArray();
    }

    static String key(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null
                || key.isEmpty()
                || key.length() > LONGEST_KEY
                || !key.chars().allMatch(c -> c > 32 && c < 127)) {
            throw Problem.of(400, "idempotency-key-required");
        }
        return key;
    }

    static HttpServletRequest current() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest();
    }
}
