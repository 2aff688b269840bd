package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that are written together: while one waits for the lock, the others gather behind it.
 */
class BatchTest {
    private static final EventCriteria TOFU = EventCriteria.havingTags("shop", "tofu");
    private static final AppendCondition NO_TOFU = AppendCondition.withCriteria(TOFU);

    private TestDatabase database;
    private Node node;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        node = new Node(database.dataSource());
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void of_several_rivals_in_one_batch_the_first_wins() throws Exception {
        CompletableFuture<Appended> first;
        CompletableFuture<Appended> rival;
        CompletableFuture<Appended> another;
        CompletableFuture<Appended> bystander;
        try (LockHolder _ = gathering()) {
            first = node.submit(NO_TOFU, new Opened("tofu"), new Counted(1));
            rival = node.submit(NO_TOFU, new Opened("tofu"));
            another = node.submit(NO_TOFU, new Counted(2));
            bystander = node.submit(AppendCondition.none(), new Counted(3));
        }

        assertThat(Node.await(first).firstPosition()).isEqualTo(2);
        assertConflict(rival);
        assertConflict(another);
        assertThat(Node.await(bystander).firstPosition()).isEqualTo(4);
        assertThat(node.engine.log().read(0, 10)).hasSize(4);
    }

    @Test
    void a_request_that_is_itself_refused_does_not_stand_in_another_s_way() throws Exception {
        node.append(new Opened("rice"));
        EventCriteria rice = EventCriteria.havingTags("shop", "rice");
        CompletableFuture<Appended> refused;
        CompletableFuture<Appended> next;
        try (LockHolder _ = gathering()) {
            refused = node.submit(AppendCondition.withCriteria(rice), new Opened("tofu"));
            next = node.submit(NO_TOFU, new Opened("tofu"));
        }

        assertConflict(refused);
        assertThat(Node.await(next).firstPosition()).isEqualTo(3);
    }

    @Test
    void inside_a_batch_types_and_all_tags_count_as_they_do_in_the_log() throws Exception {
        AppendCondition noOpening =
                AppendCondition.withCriteria(
                        EventCriteria.havingTags(Tag.of("shop", "tofu"))
                                .andBeingOneOfTypes(new QualifiedName("town.Opened")));
        AppendCondition noneOfBoth =
                AppendCondition.withCriteria(
                        EventCriteria.havingTags("shop", "tofu", "payer", "ume"));
        AppendCondition noneAtAll =
                AppendCondition.withCriteria(
                        EventCriteria.havingAnyTag()
                                .andBeingOneOfTypes(new QualifiedName("town.Paid")));
        CompletableFuture<Appended> paid;
        CompletableFuture<Appended> otherType;
        CompletableFuture<Appended> otherTag;
        CompletableFuture<Appended> beaten;
        try (LockHolder _ = gathering()) {
            paid = node.submit(noneAtAll, new Paid("tofu", "aki", new Points(1)));
            otherType = node.submit(noOpening, new Counted(1));
            otherTag = node.submit(noneOfBoth, new Counted(2));
            beaten = node.submit(noneAtAll, new Counted(3));
        }

        assertThat(Node.await(paid).firstPosition()).isEqualTo(2);
        assertThat(Node.await(otherType).firstPosition()).isEqualTo(3);
        assertThat(Node.await(otherTag).firstPosition()).isEqualTo(4);
        assertThat(Node.await(otherTag).at()).isEqualTo(Node.await(paid).at());
        assertConflict(beaten);
    }

    @Test
    void a_duplicate_id_fails_alone() throws Exception {
        UUID taken = UUID.randomUUID();
        submit(taken, new Opened("rice")).join();
        CompletableFuture<Appended> before;
        CompletableFuture<Appended> duplicate;
        CompletableFuture<Appended> after;
        CompletableFuture<Appended> rival;
        try (LockHolder _ = gathering()) {
            before = node.submit(NO_TOFU, new Opened("tofu"));
            duplicate = submit(taken, new Counted(1));
            after = node.submit(AppendCondition.none(), new Counted(2));
            rival = node.submit(NO_TOFU, new Opened("tofu"));
        }

        assertThat(Node.await(before).firstPosition()).isEqualTo(3);
        assertConflict(duplicate);
        assertThat(Node.await(after).firstPosition()).isEqualTo(4);
        assertConflict(rival);
        assertThat(node.engine.log().head()).isEqualTo(4);
    }

    @Test
    void what_the_database_refuses_fails_alone() throws Exception {
        database.execute(
                "ALTER TABLE event ADD CHECK (convert_from(payload, 'UTF8') NOT LIKE '%forbidden%')");
        CompletableFuture<Appended> unwritable;
        CompletableFuture<Appended> fine;
        try (LockHolder _ = gathering()) {
            unwritable = node.submit(AppendCondition.none(), new Opened("forbidden"));
            fine = node.submit(AppendCondition.none(), new Opened("tofu"));
        }

        assertThatThrownBy(() -> Node.await(unwritable)).isInstanceOf(UnwritableEvents.class);
        assertThat(Node.await(fine).firstPosition()).isEqualTo(2);
    }

    @Test
    void more_than_may_wait_is_refused_at_once_and_what_waited_is_written() throws Exception {
        CommitLimits two =
                new CommitLimits(
                        2, 1_000, 10, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (Node small = new Node(database.dataSource(), "hashimo", two)) {
            CompletableFuture<Appended> first;
            CompletableFuture<Appended> second;
            CompletableFuture<Appended> third;
            CompletableFuture<Appended> refused;
            try (LockHolder holder = new LockHolder(database)) {
                first = small.submit(AppendCondition.none(), new Counted(1));
                holder.awaitWaiter();
                second = small.submit(AppendCondition.none(), new Counted(2));
                third = small.submit(AppendCondition.none(), new Counted(3));
                refused = small.submit(AppendCondition.none(), new Counted(4));

                assertThat(refused).isCompletedExceptionally();
                assertThat(small.engine.waiting()).isEqualTo(2);
            }
            assertThatThrownBy(() -> Node.await(refused)).isInstanceOf(LedgerOverloaded.class);
            Node.await(first);
            Node.await(second);
            assertThat(Node.await(third).lastPosition()).isEqualTo(3);
        }
    }

    @Test
    void what_waits_is_bounded_by_bytes_too() throws Exception {
        CommitLimits fewBytes =
                new CommitLimits(100, 60, 10, 60, Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (Node small = new Node(database.dataSource(), "hashimo", fewBytes);
                LockHolder holder = new LockHolder(database)) {
            CompletableFuture<Appended> unused =
                    small.submit(AppendCondition.none(), new Counted(1));
            holder.awaitWaiter();
            String large = "x".repeat(100);
            assertThat(small.submit(AppendCondition.none(), new Opened(large))).isNotDone();
            assertThat(small.submit(AppendCondition.none(), new Counted(2)))
                    .isCompletedExceptionally();
            assertThat(unused).isNotDone();
        }
        assertThat(node.engine.log().head()).isEqualTo(2);
    }

    @Test
    void closing_writes_what_was_accepted_and_takes_nothing_more() throws Exception {
        CompletableFuture<Appended> accepted;
        CompletableFuture<Appended> gathered;
        Thread closing;
        try (LockHolder holder = new LockHolder(database)) {
            accepted = node.submit(AppendCondition.none(), new Counted(1));
            holder.awaitWaiter();
            gathered = node.submit(AppendCondition.none(), new Counted(2));
            closing = Thread.ofVirtual().start(node::close);
            LockHolder.eventually(() -> refusesMore());
        }
        closing.join();

        assertThat(accepted).isCompletedWithValueMatching(a -> a.firstPosition() == 1);
        assertThat(gathered).isCompleted();
    }

    private boolean refusesMore() {
        return node.submit(AppendCondition.none(), new Counted(3)).isCompletedExceptionally();
    }

    /** Holds the lock against a first request, so that the next ones gather into one batch. */
    private LockHolder gathering() throws SQLException {
        LockHolder holder = new LockHolder(database);
        CompletableFuture<Appended> first = node.submit(AppendCondition.none(), new Counted(0));
        holder.awaitWaiter();
        assertThat(first).isNotDone();
        return holder;
    }

    private CompletableFuture<Appended> submit(UUID id, LedgerEvent event) {
        return node.submit(AppendCondition.none(), List.of(Node.message(id, event, Map.of())));
    }

    private static void assertConflict(CompletableFuture<Appended> append) {
        assertThatThrownBy(() -> Node.await(append))
                .isInstanceOf(AppendEventsTransactionRejectedException.class);
    }
}
