package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * An event that was seen to stand at a position.
 *
 * <p>Its id alone would not do: ids follow from requests, so after a loss a request that is sent
 * again can come to stand where it stood, with other facts. It does so at a later instant, unless
 * the ledger's clock stood still or had fallen behind the log.
 *
 * @param at when it was recorded, to the microsecond, as the log has it
 */
record Known(long position, UUID eventId, Instant at) {
    static Known of(RecordedEvent event) {
        return new Known(event.position(), event.id(), event.at());
    }

    /** The instant as a parameter of a statement. */
    OffsetDateTime atUtc() {
        return at.atOffset(ZoneOffset.UTC);
    }
}
