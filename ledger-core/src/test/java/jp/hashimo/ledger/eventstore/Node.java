package jp.hashimo.ledger.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** One node of the service with its engine, and short ways to read from it and append to it. */
final class Node implements AutoCloseable {
    static final EventCodec CODEC = new EventCodec(Town.EVENTS);
    private static final FactTags TAGS = new FactTags();

    final PostgresEventStorageEngine engine;

    Node(DataSource database) {
        this(database, "hashimo", CommitLimits.DEFAULT);
    }

    Node(DataSource database, String ledgerId, CommitLimits limits) {
        engine =
                new PostgresEventStorageEngine(
                        database,
                        ledgerId,
                        CODEC,
                        limits,
                        Duration.ofMillis(20),
                        Clock.systemUTC());
    }

    /** What a decision read: the facts, and the marker its append relies on. */
    record Read(List<LedgerEvent> events, List<RecordedEvent> recorded, ConsistencyMarker marker) {
        AppendCondition condition(EventCriteria criteria) {
            return AppendCondition.withCriteria(criteria).withMarker(marker);
        }
    }

    Read source(EventCriteria criteria) {
        MessageStream<EventMessage> stream =
                engine.source(SourcingCondition.conditionFor(criteria), null);
        List<LedgerEvent> events = new ArrayList<>();
        List<RecordedEvent> recorded = new ArrayList<>();
        for (Optional<MessageStream.Entry<EventMessage>> next = stream.next();
                next.isPresent();
                next = stream.next()) {
            MessageStream.Entry<EventMessage> entry = next.get();
            if (entry.message() instanceof TerminalEventMessage) {
                return new Read(
                        events, recorded, entry.getResource(ConsistencyMarker.RESOURCE_KEY));
            }
            events.add((LedgerEvent) entry.message().payload());
            recorded.add(entry.getResource(PostgresEventStorageEngine.RECORDED));
        }
        throw new IllegalStateException("no terminal entry", stream.error().orElse(null));
    }

    Appended append(AppendCondition condition, LedgerEvent... events) {
        return await(submit(condition, events));
    }

    Appended append(LedgerEvent... events) {
        return append(AppendCondition.none(), events);
    }

    CompletableFuture<Appended> submit(AppendCondition condition, LedgerEvent... events) {
        List<TaggedEventMessage<?>> messages = new ArrayList<>();
        for (LedgerEvent event : events) {
            messages.add(message(UuidCreator.getTimeOrderedEpoch(), event, Map.of()));
        }
        return submit(condition, messages);
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<Appended> submit(
            AppendCondition condition, List<TaggedEventMessage<?>> messages) {
        AppendTransaction<Appended> transaction =
                (AppendTransaction<Appended>) await(engine.appendEvents(condition, null, messages));
        return transaction.commit(null);
    }

    /** As a command would: in a context that says until when. */
    CompletableFuture<Appended> submitUntil(Instant deadline, LedgerEvent... events) {
        List<TaggedEventMessage<?>> messages = new ArrayList<>();
        for (LedgerEvent event : events) {
            messages.add(message(UuidCreator.getTimeOrderedEpoch(), event, Map.of()));
        }
        return new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE)
                .create()
                .executeWithResult(context -> {
                    context.putResource(PostgresEventStorageEngine.DEADLINE, deadline);
                    return engine.appendEvents(AppendCondition.none(), context, messages)
                            .thenCompose(transaction -> transaction.commit(context))
                            .thenApply(Appended.class::cast);
                });
    }

    static TaggedEventMessage<?> message(UUID id, LedgerEvent event, Map<String, String> metadata) {
        EventMessage message =
                new GenericEventMessage(
                        id.toString(),
                        CODEC.typeOf(event.getClass()),
                        event,
                        metadata,
                        Instant.EPOCH);
        return new GenericTaggedEventMessage<>(message, TAGS.resolve(message));
    }

    /** What the future brings, within half a minute; its failure as it is. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
