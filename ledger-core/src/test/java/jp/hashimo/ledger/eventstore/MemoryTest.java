package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was read once is not read again, however much else happens. */
class MemoryTest {
    private static final int TAIL = 4;

    private TestDatabase database;
    private Node other;
    private Workings workings;

    /** How often a shop has opened. */
    private record Openings(String shop) implements Fold<Integer> {
        @Override
        public Facts facts() {
            return new Facts("shop", shop);
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

    @BeforeEach
    void aNodeThatRemembersFourEvents() {
        database = TestDatabase.create();
        other = new Node(database.dataSource());
        workings =
                new Workings(
                        new PostgresLogStore(
                                database.dataSource(),
                                "hashimo",
                                Node.CODEC,
                                CommitLimits.DEFAULT.answerWithin()),
                        Node.CODEC,
                        TAIL,
                        Workings.KEEP_EVERY);
        other.append(new Opened("tofu"));
        assertThat(openings("tofu")).isEqualTo(1);
    }

    @AfterEach
    void close() {
        other.close();
        database.close();
    }

    @Test
    void a_state_that_nothing_has_changed_is_known_long_after_its_last_event() {
        muchElseHappens();

        assertThat(openings("tofu")).isEqualTo(1);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(1);
    }

    @Test
    void a_state_that_others_have_changed_is_known_long_after_that() {
        other.append(new Opened("tofu"));
        muchElseHappens();

        assertThat(openings("tofu")).isEqualTo(2);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(1);
    }

    @Test
    void what_was_never_read_is_read() {
        other.append(new Opened("rice"));
        muchElseHappens();

        assertThat(openings("rice")).isEqualTo(1);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(2);
    }

    private void muchElseHappens() {
        for (int i = 0; i < 3 * TAIL; i++) {
            other.append(new Counted(i));
        }
        workings.filler.look();
    }

    private int openings(String shop) {
        var fold = new Openings(shop);
        return workings.folds.read(List.of(fold), List.of()).known().of(fold);
    }
}
