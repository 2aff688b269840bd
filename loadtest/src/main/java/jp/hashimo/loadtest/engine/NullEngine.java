package jp.hashimo.loadtest.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Appended;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * Answers every question with the same facts and every append with yes, and keeps nothing. What a
 * command still costs is Axon's part and the rule's.
 */
final class NullEngine implements EventStorageEngine {
    private static final Appended YES = new Appended(1, 1, Instant.EPOCH);

    private final List<MessageStream.Entry<EventMessage>> answer = new ArrayList<>();

    /**
     * @param facts what it says has happened, whatever is asked
     */
    NullEngine(List<LedgerEvent> facts) {
        Instant now = Clock.systemUTC().instant();
        Map<String, String> metadata = Map.of("actor", "benchmark");
        for (LedgerEvent fact : facts) {
            UUID id = UUID.randomUUID();
            EventMessage message =
                    new GenericEventMessage(
                            id.toString(),
                            EngineNode.CODEC.typeOf(fact.getClass()),
                            fact,
                            metadata,
                            now);
            long position = answer.size() + 1L;
            answer.add(
                    new SimpleEntry<>(
                            message,
                            Context.with(
                                            PostgresEventStorageEngine.RECORDED,
                                            new RecordedEvent(position, now, id, fact, metadata))
                                    .withResource(
                                            TrackingToken.RESOURCE_KEY,
                                            new GlobalSequenceTrackingToken(position))));
        }
        answer.add(
                new SimpleEntry<>(
                        TerminalEventMessage.INSTANCE,
                        ConsistencyMarker.addToContext(
                                Context.empty(), new GlobalIndexConsistencyMarker(answer.size()))));
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition,
            @Nullable ProcessingContext context,
            List<TaggedEventMessage<?>> events) {
        return CompletableFuture.completedFuture(new Yes());
    }

    /** Commits nothing. */
    private static final class Yes implements AppendTransaction<Appended> {
        @Override
        public CompletableFuture<Appended> commit(@Nullable ProcessingContext context) {
            if (context != null) {
                context.putResource(PostgresEventStorageEngine.APPENDED, YES);
            }
            return CompletableFuture.completedFuture(YES);
        }

        @Override
        public void rollback(@Nullable ProcessingContext context) {
            // There is nothing to take back.
        }

        @Override
        public CompletableFuture<ConsistencyMarker> afterCommit(
                Appended appended, @Nullable ProcessingContext context) {
            return CompletableFuture.completedFuture(new GlobalIndexConsistencyMarker(1));
        }
    }

    @Override
    public MessageStream<EventMessage> source(
            SourcingCondition condition, @Nullable ProcessingContext context) {
        return MessageStream.fromStream(
                answer.stream(), MessageStream.Entry::message, Context.class::cast);
    }

    @Override
    public MessageStream<EventMessage> stream(
            StreamingCondition condition, @Nullable ProcessingContext context) {
        throw new UnsupportedOperationException("nobody reads what was never kept");
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return firstToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(
            Instant at, @Nullable ProcessingContext context) {
        return firstToken(context);
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("keeps", "nothing");
    }
}
