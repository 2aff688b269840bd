package jp.hashimo.ledger.decision;

import java.util.List;

/** What a rule answers: facts to append, all or none of them, or a refusal that changes nothing. */
public sealed interface Decision<R extends Rejection> {

    record Accepted<R extends Rejection>(List<LedgerEvent> events) implements Decision<R> {
        public Accepted {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("an accepted command leaves at least one fact");
            }
        }
    }

    record Rejected<R extends Rejection>(R reason) implements Decision<R> {}

    static <R extends Rejection> Decision<R> accept(LedgerEvent... events) {
        return new Accepted<>(List.of(events));
    }

    static <R extends Rejection> Decision<R> accept(List<LedgerEvent> events) {
        return new Accepted<>(events);
    }

    static <R extends Rejection> Decision<R> reject(R reason) {
        return new Rejected<>(reason);
    }
}
