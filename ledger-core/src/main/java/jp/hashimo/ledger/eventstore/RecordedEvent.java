package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.LedgerEvent;

/**
 * A fact as the log holds it.
 *
 * @param position its place in the ledger's one order; the first fact has 1 and none is left out
 * @param at when it was recorded by the ledger's time, never earlier than the fact before it
 * @param metadata who asked and with which request, as {@code request}, {@code bodyHash} and {@code
 *     actor}
 */
public record RecordedEvent(
        long position, Instant at, UUID id, LedgerEvent event, Map<String, String> metadata) {
    public RecordedEvent {
        metadata = Map.copyOf(metadata);
    }
}
