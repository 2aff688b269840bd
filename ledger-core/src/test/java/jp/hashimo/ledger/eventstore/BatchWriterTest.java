package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.FaultyDataSource.Fault;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.LedgerNode;
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

    /** The node has no answer; meanwhile others write, and then the same request's twin. */
    @Test
    void what_a_twin_has_written_is_not_added_to_what_was_read_here() {
        var opened = new Opened("tofu");
        faulty.next(Fault.LOST_ON_THE_WAY);
        BatchWriter writer =
                writer(() -> {
                    other.append(opened);
                    submitToOther(request(RequestIds.of("opening", 0), opened));
                });
        var handler =
                new DecisionHandler(
                        workings,
                        request -> {
                            writer.write(List.of(request));
                            return request.outcome();
                        },
                        Clock.systemUTC());

        Outcome outcome = handler.judge(new Open(), LedgerNode.stamp("opening"), false).join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.position()).isEqualTo(2));
        var openings = new Openings();
        assertThat(workings.folds.read(List.of(openings), List.of()).known().of(openings))
                .isEqualTo(2);
    }

    private record Never() implements Rejection {}

    /** The shop opens, however often it has. */
    private record Open() implements Command<Integer, Never> {
        @Override
        public List<Fold<?>> boundary() {
            return List.of(new Openings());
        }

        @Override
        public Integer state(Folded known) {
            return known.of(new Openings());
        }

        @Override
        public Decision<Never> decide(Integer openings, Instant now) {
            return Decision.accept(new Opened("tofu"));
        }
    }

    /** How often the shop has opened. */
    private record Openings() implements Fold<Integer> {
        @Override
        public Facts facts() {
            return new Facts("shop", "tofu");
        }

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer evolve(Integer before, LedgerEvent event) {
            return before + 1;
        }
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
