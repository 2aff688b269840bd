package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.FaultyDataSource.Fault;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node remembers of a batch, step by step, without the threads that look at the log. */
class BatchWriterTest {
    private TestDatabase database;
    private FaultyDataSource faulty;
    private Node other;
    private Workings workings;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        faulty = new FaultyDataSource(database.dataSource());
        other = new Node(database.dataSource());
        workings =
                new Workings(
                        new PostgresLogStore(
                                faulty, "hashimo", Node.CODEC, CommitLimits.DEFAULT.answerWithin()),
                        Node.CODEC);
        workings.filler.look();
    }

    @AfterEach
    void close() {
        other.close();
        database.close();
    }

    /**
     * The node has no answer for two requests. Meanwhile another node writes the same as the first,
     * and something else.
     */
    @Test
    void what_others_wrote_between_the_two_of_a_batch_is_remembered_too() {
        AppendRequest twice = request(UUID.randomUUID(), new Counted(1));
        AppendRequest once = request(UUID.randomUUID(), new Counted(3));
        faulty.next(Fault.LOST_ON_THE_WAY);

        writer(
                        () -> {
                            submitToOther(twice);
                            other.append(new Opened("tofu"));
                        })
                .write(List.of(twice, once));

        assertThat(twice.outcome().join().firstPosition()).isEqualTo(1);
        assertThat(once.outcome().join().firstPosition()).isEqualTo(3);
        assertThat(workings.tail.read(0, 10))
                .extracting(RecordedEvent::event)
                .containsExactly(new Counted(1), new Opened("tofu"), new Counted(3));
    }

    /**
     * @param meanwhile what happens before a batch is sent again
     */
    private BatchWriter writer(Runnable meanwhile) {
        return workings.writer(
                "hashimo",
                CommitLimits.DEFAULT,
                _ -> {},
                Runnable::run,
                Clock.systemUTC(),
                _ -> meanwhile.run());
    }

    private static AppendRequest request(UUID id, LedgerEvent event) {
        return new AppendRequest(
                List.of(
                        new NewEvent(
                                id,
                                event,
                                Node.CODEC.encode(event),
                                Tags.keys(FactTags.of(event)),
                                Map.of(),
                                "{}")),
                Condition.NONE,
                null);
    }

    private void submitToOther(AppendRequest request) {
        NewEvent event = request.events().getFirst();
        Node.await(
                other.submit(
                        AppendCondition.none(),
                        List.of(Node.message(event.id(), event.event(), Map.of()))));
    }
}
