package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tail whose end the log has lost, step by step, without the threads that look at the log. */
class TailFillerTest {
    private TestDatabase database;
    private Workings workings;

    @BeforeEach
    void aTailOfFourEvents() {
        database = TestDatabase.create();
        workings =
                new Workings(
                        new PostgresLogStore(
                                database.dataSource(),
                                "hashimo",
                                Node.CODEC,
                                CommitLimits.DEFAULT.answerWithin()),
                        Node.CODEC);
        workings.filler.look();
        append(4);
        workings.filler.look();
        assertThat(workings.tail.read(0, 10)).hasSize(4);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_stands_in_place_of_its_end_is_not_put_behind_it() {
        loseTheLastAndWrite(3);

        workings.filler.upTo(6);

        assertThat(workings.knowledge.seen().losses()).isEqualTo(1);
        assertThat(workings.tail.head()).isEmpty();
    }

    /** More than is fetched at once; of the new log the node has seen something already. */
    @Test
    void it_does_not_begin_anew_far_ahead_without_telling_of_the_loss() {
        loseTheLastAndWrite(2_100);
        workings.knowledge.learn(
                Objects.requireNonNull(workings.store.end().known()),
                workings.knowledge.seen().losses());

        workings.filler.upTo(2_103);

        assertThat(workings.knowledge.seen().losses()).isEqualTo(1);
        assertThat(workings.tail.head()).isEmpty();
    }

    private void loseTheLastAndWrite(int many) {
        database.execute("DELETE FROM event_tag WHERE position > 3");
        database.execute("DELETE FROM event WHERE position > 3");
        append(many);
    }

    /** By a node that knows nothing of the loss. */
    private void append(int many) {
        try (Node other = new Node(database.dataSource())) {
            for (int done = 0; done < many; done += 700) {
                other.append(
                        IntStream.range(0, Math.min(700, many - done))
                                .mapToObj(Counted::new)
                                .toArray(LedgerEvent[]::new));
            }
        }
    }
}
