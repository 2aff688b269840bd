package jp.hashimo.ledger.eventstore;

import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.jspecify.annotations.Nullable;

/**
 * Where the log ended when a decision read it, and which event stood there.
 *
 * <p>The event lets the append notice that it stands on another log than the decision did, as after
 * a failover to a standby that lacked the end.
 */
final class LogMarker extends GlobalIndexConsistencyMarker {
    private final @Nullable Known event;

    /**
     * @param event null where the log is empty
     */
    LogMarker(@Nullable Known event) {
        super(event == null ? 0 : event.position());
        this.event = event;
    }

    @Nullable Known event() {
        return event;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogMarker that && Objects.equals(that.event, event);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(event);
    }
}
