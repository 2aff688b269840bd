package jp.hashimo.ledger.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.Fold;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine asks of the database about one ledger: the one way to write, and the few ways
 * to read.
 *
 * <p>Each call is one statement in a transaction of its own, and what it reads is one snapshot.
 * Reading fails with {@link LogUnreadable}, and nothing is known then.
 */
interface LogStore {

    /**
     * Judges and writes a batch under the ledger's lock.
     *
     * @param known the newest event this node has seen; without it in the log nothing is written
     */
    Answer append(@Nullable Known known, BatchJudge judged);

    /** What came back for a batch. */
    sealed interface Answer {
        /** One verdict for each request, in order. */
        record Judged(List<Verdict> verdicts) implements Answer {}

        /** Something in it cannot be written. It is over and left nothing. */
        record Refused(Throwable why) implements Answer {}

        /** It never left, so nothing has happened. */
        record NotSent(Throwable why) implements Answer {}

        /** It was sent and nothing is known of it; it may even be written later. */
        record Silence(Throwable why) implements Answer {}
    }

    /**
     * Brings folds up to date, by states that were kept and by the events that came after.
     *
     * @param known what the log must have for the olds to be true
     * @param olds what is known of each already
     * @param requestId of which request to say whether it has left facts, null of none
     */
    Found bringUpToDate(
            @Nullable Known known, Map<Fold<?>, Held<?>> olds, @Nullable String requestId);

    /**
     * What was found in one snapshot.
     *
     * @param head where the log ends: an event that is not in the states stands after it
     * @param shorter whether the log lacks what was known; the states mean nothing then
     * @param facts how many had to be read for the states
     * @param done whether the request that was asked for has left facts
     */
    record Found(
            Tail.Head head,
            boolean shorter,
            Map<Fold<?>, Held<?>> states,
            int facts,
            boolean done) {}

    /** Where the log ends. */
    Tail.Head end();

    /** Whether an event stands where it was seen. */
    boolean has(Known known);

    /**
     * The events between two positions, in order, with what they are found by.
     *
     * @param after the last position that is not among them
     * @param upTo the last that is
     */
    List<Tail.Entry> between(long after, long upTo);

    /** The events that follow a position, in order. */
    List<RecordedEvent> after(long position, int limit);

    /** The events a request has left, in order; they stand side by side. */
    List<RecordedEvent> ofRequest(String requestId);

    /** Whether there are requests whose events' ids do not follow from their names. */
    boolean hasTaggedRequests();

    /** Keeps states beside the log, unless newer ones of the same are kept already. */
    void keep(Collection<KeptState> states);

    /**
     * A state worth keeping.
     *
     * @param fold the name under which its fold is kept
     * @param subject the value of the tag it is folded from
     * @param newest the last event that went into it
     */
    record KeptState(String fold, String subject, Known newest, Object state) {}
}
