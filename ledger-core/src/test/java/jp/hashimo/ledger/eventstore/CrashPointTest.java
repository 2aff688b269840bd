package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.eventstore.FaultyDataSource.Fault;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where an append can be cut off, and what is true afterwards. */
class CrashPointTest {
    private static final EventCriteria TOFU = EventCriteria.havingTags("shop", "tofu");

    private TestDatabase database;
    private FaultyDataSource faulty;
    private Node node;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        faulty = new FaultyDataSource(database.dataSource());
        node = new Node(faulty);
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void a_session_killed_while_it_waits_for_the_lock_costs_nothing() throws SQLException {
        CompletableFuture<Appended> append;
        try (LockHolder holder = new LockHolder(database)) {
            append = node.submit(AppendCondition.none(), new Opened("tofu"));
            holder.awaitWaiter();
            holder.terminateWaiters();
            holder.awaitWaiter();
        }

        assertThat(Node.await(append).firstPosition()).isEqualTo(1);
        assertThat(node.engine.log().head()).isEqualTo(1);
    }

    @Test
    void an_append_whose_answer_was_lost_is_found_and_not_written_twice() {
        Node.Read read = node.source(TOFU);
        faulty.next(Fault.ANSWER_LOST);

        Appended appended = node.append(read.condition(TOFU), new Opened("tofu"), new Counted(2));

        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(appended.lastPosition()).isEqualTo(2);
        assertThat(node.engine.log().read(0, 10))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.at()).isEqualTo(appended.at()));
    }

    @Test
    void an_append_that_was_lost_on_the_way_is_sent_again() {
        faulty.next(Fault.LOST_ON_THE_WAY, Fault.NOT_SENT, Fault.LOST_ON_THE_WAY);

        assertThat(node.append(new Opened("tofu")).firstPosition()).isEqualTo(1);
        assertThat(node.engine.log().head()).isEqualTo(1);
    }

    @Test
    void a_conflict_whose_answer_was_lost_is_still_a_conflict() {
        Node.Read read = node.source(TOFU);
        node.append(new Opened("tofu"));
        faulty.next(Fault.ANSWER_LOST);

        assertThatThrownBy(() -> node.append(read.condition(TOFU), new Opened("tofu")))
                .isInstanceOf(AppendEventsTransactionRejectedException.class);
        assertThat(node.engine.log().head()).isEqualTo(1);
    }

    @Test
    void another_s_append_between_the_lost_answer_and_the_question_changes_nothing() {
        Node.Read read = node.source(TOFU);
        try (Node other = new Node(database.dataSource())) {
            faulty.next(Fault.ANSWER_LOST, Fault.NOT_SENT, Fault.NOT_SENT, Fault.NOT_SENT);
            CompletableFuture<Appended> append =
                    node.submit(read.condition(TOFU), new Opened("tofu"));
            LockHolder.eventually(() -> other.engine.log().head() == 1);
            other.append(new Opened("tofu"));

            assertThat(Node.await(append).firstPosition()).isEqualTo(1);
        }
    }

    @Test
    void past_the_deadline_what_was_written_is_still_reported_as_written() throws Exception {
        Instant deadline = Instant.now().plusMillis(500);
        BlockingQueue<LockHolder> holders = new ArrayBlockingQueue<>(1);
        faulty.whenAnswerIsLost(() -> holders.add(new LockHolder(database)));
        faulty.next(Fault.ANSWER_LOST);
        CompletableFuture<Appended> append = node.submitUntil(deadline, new Opened("tofu"));
        try (LockHolder holder = holders.take()) {
            holder.awaitWaiter();
            LockHolder.eventually(() -> Instant.now().isAfter(deadline));
        }

        assertThat(Node.await(append).firstPosition()).isEqualTo(1);
    }

    @Test
    void past_the_deadline_what_was_not_written_is_too_late() throws Exception {
        Instant deadline = Instant.now().plusMillis(500);
        faulty.next(Fault.LOST_ON_THE_WAY);
        CompletableFuture<Appended> append;
        try (LockHolder holder = new LockHolder(database)) {
            append = node.submitUntil(deadline, new Opened("tofu"));
            holder.awaitWaiter();
            LockHolder.eventually(() -> Instant.now().isAfter(deadline));
        }

        assertTooLate(append);
        assertThat(node.engine.log().head()).isZero();
    }

    @Test
    void while_nothing_was_sent_a_passed_deadline_is_too_late_even_without_a_database() {
        faulty.always(Fault.NOT_SENT);

        assertTooLate(node.submitUntil(Instant.now().plusMillis(50), new Opened("tofu")));
    }

    @Test
    void when_the_database_cannot_be_asked_the_outcome_is_unknown() {
        faulty.next(Fault.ANSWER_LOST);
        faulty.always(Fault.NOT_SENT);
        CompletableFuture<Appended> append =
                node.submitUntil(Instant.now().plusMillis(300), new Opened("tofu"));

        assertThatThrownBy(() -> Node.await(append)).isInstanceOf(OutcomeUnknown.class);
        faulty.always(Fault.NONE);
        assertThat(node.engine.log().head()).isEqualTo(1);
    }

    @Test
    void the_deadline_is_checked_under_the_lock() throws SQLException {
        Instant deadline = Instant.now().plus(Duration.ofMillis(500));
        CompletableFuture<Appended> append;
        try (LockHolder holder = new LockHolder(database)) {
            append = node.submitUntil(deadline, new Opened("tofu"));
            holder.awaitWaiter();
            LockHolder.eventually(() -> Instant.now().isAfter(deadline));
        }

        assertTooLate(append);
        assertThat(node.engine.log().head()).isZero();
    }

    @Test
    void an_append_without_a_deadline_is_given_up_after_the_patience_of_the_committer() {
        CommitLimits impatient =
                new CommitLimits(
                        10, 1_000, 10, 1_000, Duration.ofSeconds(1), Duration.ofMillis(100));
        try (Node other = new Node(faulty, "hashimo", impatient)) {
            faulty.next(Fault.LOST_ON_THE_WAY);
            faulty.always(Fault.NOT_SENT);

            assertThatThrownBy(() -> other.append(new Opened("tofu")))
                    .isInstanceOf(OutcomeUnknown.class);
            faulty.always(Fault.NONE);
        }
    }

    private static void assertTooLate(CompletableFuture<Appended> append) {
        assertThatThrownBy(() -> Node.await(append)).isInstanceOf(TooLate.class);
    }
}
