package jp.hashimo.loadtest.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;

/**
 * Writes many facts that nobody has to decide on, by large appends through the engine itself: they
 * stand in the log exactly as if they had come one by one, whatever its tables are like.
 */
final class Loader implements AutoCloseable {
    private static final int EVENTS_AT_ONCE = 250;
    private static final int APPENDS_UNDER_WAY = 16;

    private final EventStorageEngine engine;
    private final Deque<CompletableFuture<?>> underWay = new ArrayDeque<>();
    private List<TaggedEventMessage<?>> waiting = new ArrayList<>();

    Loader(EventStorageEngine engine) {
        this.engine = engine;
    }

    /** Facts of one request. */
    void add(List<LedgerEvent> facts) {
        String request = UUID.randomUUID().toString();
        Map<String, String> metadata =
                Map.of("request", request, "bodyHash", request, "actor", "benchmark");
        Instant now = Clock.systemUTC().instant();
        for (LedgerEvent fact : facts) {
            waiting.add(tagged(fact, metadata, now));
        }
        if (waiting.size() >= EVENTS_AT_ONCE) {
            send();
        }
    }

    static TaggedEventMessage<?> tagged(
            LedgerEvent fact, Map<String, String> metadata, Instant now) {
        EventMessage message =
                new GenericEventMessage(
                        UuidCreator.getTimeOrderedEpoch().toString(),
                        EngineNode.CODEC.typeOf(fact.getClass()),
                        fact,
                        metadata,
                        now);
        return new GenericTaggedEventMessage<>(message, EngineNode.TAGS.resolve(message));
    }

    private void send() {
        while (underWay.size() >= APPENDS_UNDER_WAY) {
            underWay.removeFirst().join();
        }
        underWay.add(
                engine.appendEvents(AppendCondition.none(), null, waiting)
                        .thenCompose(transaction -> transaction.commit(null)));
        waiting = new ArrayList<>();
    }

    /** Returns when all of it is durable. */
    @Override
    public void close() {
        if (!waiting.isEmpty()) {
            send();
        }
        underWay.forEach(CompletableFuture::join);
    }
}
