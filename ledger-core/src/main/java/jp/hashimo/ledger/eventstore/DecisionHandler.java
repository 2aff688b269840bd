package jp.hashimo.ledger.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.commandhandling.CommandHandler;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Answers every command in the same way: read the facts of its boundary and of its request, fold,
 * decide, append.
 *
 * <p>The request's own facts are part of what is read, and so of the append condition: the same
 * request cannot take effect twice, however often it is sent and on however many nodes.
 */
final class DecisionHandler implements CommandHandler {
    private static final MessageType JUDGEMENT = new MessageType(Judgement.class);

    private final EventStore eventStore;
    private final EventCodec codec;
    private final Clock clock;

    DecisionHandler(EventStore eventStore, EventCodec codec, Clock clock) {
        this.eventStore = eventStore;
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public MessageStream.Single<CommandResultMessage> handle(
            CommandMessage message, ProcessingContext context) {
        var request = (Ledger.Request) Objects.requireNonNull(message.payload());
        return MessageStream.just(
                new GenericCommandResultMessage(
                        JUDGEMENT, judge(request.command(), request.stamp(), context)));
    }

    private <S, R extends Rejection> Judgement judge(
            Command<S, R> command, Stamp stamp, ProcessingContext context) {
        EventStoreTransaction transaction = eventStore.transaction(context);
        S state = command.initial();
        var before = new ArrayList<RecordedEvent>();
        for (RecordedEvent fact : facts(transaction, command.boundary(), stamp)) {
            if (stamp.requestId().equals(fact.metadata().get(Stamp.REQUEST))) {
                before.add(fact);
            }
            state = command.evolve(state, fact.event());
        }
        long position = GlobalIndexConsistencyMarker.position(transaction.appendPosition());
        if (!before.isEmpty()) {
            return new Judgement.Settled(Ledger.repeated(before, stamp, position));
        }
        return switch (command.decide(state, clock.instant())) {
            case Decision.Rejected<R>(var reason) ->
                    new Judgement.Settled(new Outcome.Refused(reason, position));
            case Decision.Accepted<R>(var events) -> append(events, stamp, transaction, context);
        };
    }

    private Judgement append(
            List<LedgerEvent> events,
            Stamp stamp,
            EventStoreTransaction transaction,
            ProcessingContext context) {
        var ids = new ArrayList<UUID>();
        Instant now = clock.instant();
        Map<String, String> metadata = stamp.metadata();
        for (LedgerEvent event : events) {
            UUID id = UuidCreator.getTimeOrderedEpoch();
            ids.add(id);
            transaction.appendEvent(
                    new GenericEventMessage(
                            id.toString(), codec.typeOf(event.getClass()), event, metadata, now));
        }
        context.putResource(PostgresEventStorageEngine.DEADLINE, stamp.deadline());
        var box = new Judgement.Box();
        context.onAfterCommit(committed -> {
            box.fill(
                    Objects.requireNonNull(
                            committed.getResource(PostgresEventStorageEngine.APPENDED)));
            return CompletableFuture.completedFuture(null);
        });
        return new Judgement.Appending(ids, events, metadata, box);
    }

    private List<RecordedEvent> facts(
            EventStoreTransaction transaction, List<Facts> boundary, Stamp stamp) {
        var criteria = new HashSet<EventCriteria>();
        criteria.add(EventCriteria.havingTags(new Tag(Stamp.REQUEST, stamp.requestId())));
        boundary.forEach(facts -> criteria.add(criteriaOf(facts)));
        var stream =
                transaction.source(SourcingCondition.conditionFor(EventCriteria.either(criteria)));
        var facts = new ArrayList<RecordedEvent>();
        for (var entry = stream.next(); entry.isPresent(); entry = stream.next()) {
            facts.add(
                    Objects.requireNonNull(
                            entry.get().getResource(PostgresEventStorageEngine.RECORDED)));
        }
        stream.error()
                .ifPresent(cause -> {
                    throw new LogUnreadable("the facts of a command could not be read", cause);
                });
        return facts;
    }

    private EventCriteria criteriaOf(Facts facts) {
        var tagged = EventCriteria.havingTags(new Tag(facts.key(), facts.value()));
        return facts.types().isEmpty() ? tagged : tagged.andBeingOneOfTypes(namesOf(facts.types()));
    }

    private Set<QualifiedName> namesOf(Set<Class<? extends LedgerEvent>> types) {
        var names = new HashSet<QualifiedName>();
        types.forEach(type -> names.add(codec.typeOf(type).qualifiedName()));
        return names;
    }
}
