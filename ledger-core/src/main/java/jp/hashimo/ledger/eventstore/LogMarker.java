package jp.hashimo.ledger.eventstore;

import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.jspecify.annotations.Nullable;

/**
 * Where the log ended when a decision read it, and which event stood there.
 *
 * <p>The event's id lets the append notice that it stands on another log than the decision did, as
 * after a failover to a standby that lacked the end.
 */
final class LogMarker extends GlobalIndexConsistencyMarker {
    private final long position;
    private final @Nullable UUID eventId;

    LogMarker(long position, @Nullable UUID eventId) {
        super(position);
        this.position = position;
        this.eventId = eventId;
    }

    @Nullable UUID eventId() {
        return eventId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogMarker that && that.position == position;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position);
    }
}
