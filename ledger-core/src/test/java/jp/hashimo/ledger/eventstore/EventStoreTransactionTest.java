package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.StorageEngineBackedEventStore;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.axonframework.messaging.core.unitofwork.UnitOfWork;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.SimpleEventBus;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine under Axon's own event store, as a command handler meets it. */
class EventStoreTransactionTest {
    private static final EventCriteria TOFU = EventCriteria.havingTags("shop", "tofu");

    private TestDatabase database;
    private Node node;
    private EventStore store;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        node = new Node(database.dataSource());
        store =
                new StorageEngineBackedEventStore(
                        node.engine, new SimpleEventBus(), new FactTags());
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void once_committed_the_context_tells_where_the_events_stand() {
        List<Appended> told = new ArrayList<>();
        UnitOfWork work = unitOfWork();
        work.runOnInvocation(context -> {
            source(context, TOFU);
            append(context, new Opened("tofu"), Map.of());
            append(context, new Counted(1), Map.of());
        });
        work.runOnAfterCommit(
                context -> told.add(context.getResource(PostgresEventStorageEngine.APPENDED)));

        work.execute().join();

        Instant at = node.engine.log().read(0, 1).getFirst().at();
        assertThat(told).containsExactly(new Appended(1, 2, at));
    }

    @Test
    void what_was_sourced_guards_the_append() {
        CompletableFuture<Void> deciding =
                inUnitOfWork(context -> {
                    source(context, TOFU);
                    node.append(new Opened("tofu"));
                    append(context, new Opened("tofu"), Map.of());
                });

        assertRejected(deciding);
        assertThat(node.engine.log().head()).isEqualTo(1);
    }

    @Test
    void everything_that_was_sourced_guards_it_by_the_earliest_reading() {
        CompletableFuture<Void> deciding =
                inUnitOfWork(context -> {
                    source(context, TOFU);
                    node.append(new Opened("tofu"));
                    source(context, EventCriteria.havingTags("shop", "rice"));
                    append(context, new Counted(1), Map.of());
                });

        assertRejected(deciding);
    }

    @Test
    void an_id_stands_in_the_log_but_once() {
        UUID id = UUID.randomUUID();
        append(new Counted(1), id).join();

        assertRejected(append(new Counted(2), id));
        assertThat(node.engine.log().read(0, 10)).hasSize(1);
    }

    private CompletableFuture<Void> append(LedgerEvent event, UUID id) {
        return inUnitOfWork(context ->
                store.transaction(context).appendEvent(Node.message(id, event, Map.of()).event()));
    }

    @Test
    void a_passed_deadline_in_the_context_refuses_the_append() {
        CompletableFuture<Void> late =
                inUnitOfWork(context -> {
                    context.putResource(PostgresEventStorageEngine.DEADLINE, Instant.EPOCH);
                    append(context, new Counted(1), Map.of());
                });

        assertThatThrownBy(late::join).hasRootCauseInstanceOf(TooLate.class);
        assertThat(node.engine.log().head()).isZero();
    }

    @Test
    void after_the_commit_the_transaction_stands_at_the_last_event_it_wrote() {
        UnitOfWork work = unitOfWork();
        List<Long> positions = new ArrayList<>();
        work.runOnInvocation(context -> {
            source(context, TOFU);
            append(context, new Counted(1), Map.of());
            append(context, new Counted(2), Map.of());
        });
        work.whenComplete(context ->
                positions.add(
                        GlobalIndexConsistencyMarker.position(
                                store.transaction(context).appendPosition())));
        work.execute().join();

        assertThat(positions).containsExactly(2L);
    }

    private CompletableFuture<Void> inUnitOfWork(Consumer<ProcessingContext> handling) {
        UnitOfWork work = unitOfWork();
        work.runOnInvocation(handling);
        return work.execute();
    }

    private static UnitOfWork unitOfWork() {
        return new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE).create();
    }

    private void source(ProcessingContext context, EventCriteria criteria) {
        EventStoreTransaction transaction = store.transaction(context);
        transaction
                .source(SourcingCondition.conditionFor(criteria))
                .reduce(0, (count, _) -> count + 1)
                .join();
    }

    private void append(
            ProcessingContext context, LedgerEvent event, Map<String, String> metadata) {
        EventMessage message = Node.message(UUID.randomUUID(), event, metadata).event();
        store.transaction(context).appendEvent(message);
    }

    private static void assertRejected(CompletableFuture<Void> deciding) {
        assertThatThrownBy(deciding::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(AppendEventsTransactionRejectedException.class);
    }
}
