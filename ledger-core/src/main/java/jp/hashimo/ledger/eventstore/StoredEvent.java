package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A row of the log exactly as it is stored, for whoever proves or copies it.
 *
 * @param metadata JSON text, as it was written
 * @param tags the keys of its tags, in the order they were written
 */
public record StoredEvent(
        long position, Instant at, UUID id, EncodedEvent event, String metadata, List<UUID> tags) {
    public StoredEvent {
        tags = List.copyOf(tags);
    }
}
