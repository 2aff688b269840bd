package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
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

    /** A shop that must not open twice. */
    private record OpensOnce(String shop) implements Fold<Boolean> {
        @Override
        public Facts facts() {
            return new Facts("shop", shop);
        }

        @Override
        public Boolean initial() {
            return false;
        }

        @Override
        public Boolean evolve(Boolean before, LedgerEvent event) {
            if (before) {
                throw new LedgerInvariantBroken(shop + " opens twice");
            }
            return true;
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

    /** The shop's opening and the other's have one slot, and both have left the tail. */
    @Test
    void a_state_that_only_seems_to_have_changed_is_read_and_is_the_same() {
        muchElseHappens();
        other.append(new Opened(neighbour("tofu")));
        muchElseHappens();

        assertThat(openings("tofu")).isEqualTo(1);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(2);
    }

    @Test
    void a_state_that_others_change_long_after_it_was_read_is_read_again() {
        muchElseHappens();
        other.append(new Opened("tofu"));
        other.append(new Opened(neighbour("tofu")));
        muchElseHappens();

        assertThat(openings("tofu")).isEqualTo(2);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(2);
    }

    @Test
    void so_is_one_that_they_changed_among_more_than_is_ever_fetched() {
        other.append(new Opened("tofu"));
        for (int i = 0; i < 3; i++) {
            other.append(
                    IntStream.range(0, 700).mapToObj(Counted::new).toArray(LedgerEvent[]::new));
        }
        workings.filler.look();

        assertThat(openings("tofu")).isEqualTo(2);
        assertThat(workings.meters.foldsFromLog()).isEqualTo(2);
    }

    /**
     * One is at hand and the other has to be read; between the two, more happens than the tail can
     * make up for.
     */
    @Test
    void the_states_of_a_decision_are_of_one_position() {
        other.append(new Opened("rice"), new Opened("tofu"));
        muchElseIsAppended();

        var tofu = new Openings("tofu");
        var rice = new Openings("rice");
        Folded known = workings.folds.read(List.of(tofu, rice), List.of()).known();

        assertThat(known.of(rice)).isEqualTo(1);
        assertThat(known.of(tofu)).isEqualTo(2);
    }

    @Test
    void a_fold_that_cannot_take_an_event_stops_nobody_else() {
        var once = new OpensOnce("rice");
        other.append(new Opened("rice"));
        assertThat(workings.folds.read(List.of(once), List.of()).known().of(once)).isTrue();

        other.append(new Opened("rice"), new Opened("tofu"));
        muchElseHappens();

        assertThat(workings.tail.head().map(Tail.Head::position))
                .contains(other.engine.log().head());
        assertThat(openings("tofu")).isEqualTo(2);
        assertThatThrownBy(() -> workings.folds.read(List.of(once), List.of()))
                .isInstanceOf(LedgerInvariantBroken.class);
    }

    private void muchElseHappens() {
        muchElseIsAppended();
        workings.filler.look();
    }

    private void muchElseIsAppended() {
        for (int i = 0; i < 3 * TAIL; i++) {
            other.append(new Counted(i));
        }
    }

    /** Another shop that shares its slot in a memory of so few tags. */
    private static String neighbour(String shop) {
        return IntStream.range(0, Integer.MAX_VALUE)
                .mapToObj(i -> shop + i)
                .filter(other -> {
                    var uses = new LastUses(TAIL * Tail.SLOTS_PER_EVENT);
                    uses.startAfter(0);
                    uses.note(1, List.of(TagKey.of("shop:" + other)));
                    return !uses.noneAfter(0, TagKey.of("shop:" + shop));
                })
                .findFirst()
                .orElseThrow();
    }

    private int openings(String shop) {
        var fold = new Openings(shop);
        return workings.folds.read(List.of(fold), List.of()).known().of(fold);
    }
}
