package jp.hashimo.ledger.eventstore;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import org.jspecify.annotations.Nullable;

/**
 * What a handler has to say before the append is durable; {@link Ledger} makes the {@link Outcome}
 * of it afterwards.
 */
sealed interface Judgement {

    /** Nothing is appended: the outcome stands. */
    record Settled(Outcome outcome) implements Judgement {}

    /** These events are being appended; the box holds where, once they are durable. */
    record Appending(
            List<UUID> ids, List<LedgerEvent> events, Map<String, String> metadata, Box box)
            implements Judgement {}

    /** Filled by the commit, read after it. */
    final class Box {
        private volatile @Nullable Appended appended;

        void fill(Appended value) {
            appended = value;
        }

        Appended value() {
            Appended value = appended;
            if (value == null) {
                throw new LedgerInvariantBroken("a command was committed, and nobody knows where");
            }
            return value;
        }
    }
}
