package jp.hashimo.api.http;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import org.springframework.stereotype.Component;

/**
 * Carries out requests that keep something beside the log, such as a name or a login.
 *
 * <p>It is kept before the fact, so that there is never a fact without it, and taken back when the
 * ledger says no. Log and vault have no transaction in common; instead, what a request makes is
 * named after the request ({@link #idFor}). Whoever repeats it after a crash finds, and completes,
 * what the first attempt had begun.
 */
@Component
public class PreparedRequests {
    private final Ledger ledger;
    private final EventLog log;

    PreparedRequests(Ledger ledger, EventLog log) {
        this.ledger = ledger;
        this.log = log;
    }

    /** What is kept beside the log. Both may be done again. */
    public interface Preparation {
        /** Keeps everything, or nothing and says why with a {@link Problem}. */
        void keep();

        void takeBack();
    }

    /**
     * The id of something a request makes; the same request with the same body gives the same. It
     * follows from keyed hashes, so nobody can guess it.
     */
    public static UUID idFor(Stamp stamp, String what) {
        return UUID.nameUUIDFromBytes(
                String.join("\n", stamp.requestId(), stamp.bodyHash(), what)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the log holds what this request, or another under its key, has done. */
    public boolean isDone(Stamp stamp) {
        return !log.ofRequest(stamp.requestId()).isEmpty();
    }

    /**
     * Keeps, executes, and takes back if the answer is no. A repetition of what was done keeps
     * nothing: the person may have been forgotten since.
     */
    public <S, R extends Rejection> Outcome execute(
            Command<S, R> command, Stamp stamp, Preparation preparation) {
        try {
            if (!isDone(stamp)) {
                preparation.keep();
            }
        } catch (Problem no) {
            // A twin of this request may have used up, just now, what it needs.
            if (!isDone(stamp)) {
                throw no;
            }
        }
        Outcome outcome = ledger.execute(command, stamp);
        // Without an answer in time it may have happened after all, by a twin of this request.
        if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.KeyReused) {
            preparation.takeBack();
        }
        return outcome;
    }
}
