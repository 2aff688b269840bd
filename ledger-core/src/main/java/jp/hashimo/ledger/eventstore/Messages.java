package jp.hashimo.ledger.eventstore;

import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream.Entry;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;

/** Facts as Axon hands them around. */
final class Messages {
    private Messages() {}

    /** The decoded fact, with its token and the fact itself beside it. */
    static Entry<EventMessage> entry(RecordedEvent recorded, EventCodec codec) {
        EventMessage message =
                new GenericEventMessage(
                        recorded.id().toString(),
                        codec.typeOf(recorded.event().getClass()),
                        recorded.event(),
                        recorded.metadata(),
                        recorded.at());
        Context context =
                Context.with(PostgresEventStorageEngine.RECORDED, recorded)
                        .withResource(
                                TrackingToken.RESOURCE_KEY,
                                new GlobalSequenceTrackingToken(recorded.position()));
        return new SimpleEntry<>(message, context);
    }

    /** The entry a sourced stream ends with. */
    static Entry<EventMessage> end(ConsistencyMarker marker) {
        return new SimpleEntry<>(
                TerminalEventMessage.INSTANCE,
                ConsistencyMarker.addToContext(Context.empty(), marker));
    }
}
