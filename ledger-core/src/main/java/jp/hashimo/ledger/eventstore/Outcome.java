package jp.hashimo.ledger.eventstore;

import java.util.List;
import jp.hashimo.ledger.decision.Rejection;

/** What became of a command. */
public sealed interface Outcome {

    /**
     * It took effect, now or, if {@code replayed}, when the same request came before.
     *
     * @param events the facts it left, oldest first
     * @param position the position of the last of them
     */
    record Done(List<RecordedEvent> events, long position, boolean replayed) implements Outcome {
        public Done {
            events = List.copyOf(events);
        }
    }

    /**
     * The rules say no, and nothing has happened.
     *
     * @param position the state of the log that was judged
     */
    record Refused(Rejection reason, long position) implements Outcome {}

    /** The request's key already stands for something else, and nothing has happened. */
    record KeyReused(long position) implements Outcome {}

    /** The ledger had no time for it before its deadline, and nothing has happened. */
    record NoTime() implements Outcome {}

    /**
     * The database could not be asked whether it took effect; a later look-up by the request's key
     * will tell.
     */
    record Unknown() implements Outcome {}
}
