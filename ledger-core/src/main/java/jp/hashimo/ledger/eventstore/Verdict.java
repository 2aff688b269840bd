package jp.hashimo.ledger.eventstore;

import java.time.Instant;

/** What the database said about one request of a batch. */
sealed interface Verdict {
    record Written(long firstPosition, Instant at) implements Verdict {}

    /** An event the decision should have known stands in the log. */
    record Conflict() implements Verdict {}

    record DeadlinePassed() implements Verdict {}

    /**
     * The log lacks an event this node has seen. Said of a whole batch, of which nothing is
     * written.
     */
    record LogIsShorter() implements Verdict {}

    /**
     * Others have written since, and the batch relied on nobody having done so. Said of a whole
     * batch, of which nothing is written.
     */
    record HeadMoved() implements Verdict {}
}
