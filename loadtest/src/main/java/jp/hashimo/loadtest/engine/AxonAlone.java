package jp.hashimo.loadtest.engine;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.readmodel.LedgerCommands;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.StorageEngineBackedEventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.SimpleEventBus;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * A command on Axon's own way, by its event store's transaction: source, fold, decide, append. On
 * an engine that does nothing it shows what that way costs by itself.
 */
final class AxonAlone implements Commands.Door {
    private static final MessageType DONE = new MessageType(Outcome.class);

    private final CommandBus bus = EngineNode.commandBus();
    private final EventStore store;

    AxonAlone(EventStorageEngine engine) {
        store = new StorageEngineBackedEventStore(engine, new SimpleEventBus(), EngineNode.TAGS);
        for (Class<?> command : LedgerCommands.all()) {
            bus.subscribe(new QualifiedName(command), this::handle);
        }
    }

    @Override
    public Outcome execute(Command<?, ?> command, Stamp stamp) {
        var message = new GenericCommandMessage(new MessageType(command.getClass()), command);
        var result = bus.dispatch(message, null).join();
        return (Outcome) Objects.requireNonNull(Objects.requireNonNull(result).payload());
    }

    private MessageStream.Single<CommandResultMessage> handle(
            CommandMessage message, ProcessingContext context) {
        var command = (Command<?, ?>) Objects.requireNonNull(message.payload());
        decide(command, store.transaction(context));
        return MessageStream.just(
                new GenericCommandResultMessage(DONE, new Outcome.Done(List.of(), 1, false)));
    }

    private static <S> void decide(Command<S, ?> command, EventStoreTransaction transaction) {
        Set<EventCriteria> criteria = new HashSet<>();
        Map<Fold<?>, Object> states = new HashMap<>();
        for (Fold<?> fold : command.boundary()) {
            criteria.add(
                    EventCriteria.havingTags(new Tag(fold.facts().key(), fold.facts().value())));
            states.put(fold, fold.initial());
        }
        var stream =
                transaction.source(SourcingCondition.conditionFor(EventCriteria.either(criteria)));
        for (var entry = stream.next(); entry.isPresent(); entry = stream.next()) {
            var event = (LedgerEvent) Objects.requireNonNull(entry.get().message().payload());
            states.replaceAll((fold, state) -> evolved(fold, state, event));
        }
        var now = Clock.systemUTC().instant();
        if (command.decide(command.state(new Folded(states)), now)
                instanceof Decision.Accepted<?>(var events)) {
            for (LedgerEvent event : events) {
                EventMessage fact =
                        new GenericEventMessage(
                                UUID.randomUUID().toString(),
                                EngineNode.CODEC.typeOf(event.getClass()),
                                event,
                                Map.of(),
                                now);
                transaction.appendEvent(fact);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Object evolved(Fold<T> fold, Object state, LedgerEvent event) {
        return fold.evolve((T) state, event);
    }
}
