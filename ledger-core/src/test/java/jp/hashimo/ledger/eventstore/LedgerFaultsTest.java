package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.FaultyDataSource.Fault;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.messaging.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong beside a decision does not change its answer. */
class LedgerFaultsTest {
    private static final Duration HARDLY_EVER = Duration.ofHours(1);

    private TestDatabase database;
    private FaultyDataSource faulty;
    private PostgresEventStorageEngine engine;
    private Runnable whenDecided = () -> {};
    private Ledger ledger;

    private record Never() implements Rejection {}

    /** A shop opens, whatever is known of anything. */
    private record Open(List<Fold<?>> boundary) implements Command<String, Never> {
        @Override
        public String state(Folded known) {
            return "";
        }

        @Override
        public Decision<Never> decide(String state, Instant now) {
            return Decision.accept(new Opened("tofu"));
        }
    }

    /** No opening can be folded into it. */
    private record NeverOpened(String shop) implements Fold<Boolean> {
        @Override
        public Facts facts() {
            return new Facts("shop", shop);
        }

        @Override
        public Boolean initial() {
            return true;
        }

        @Override
        public Boolean evolve(Boolean before, LedgerEvent event) {
            throw new LedgerInvariantBroken(shop + " was never to open");
        }
    }

    /** The clock that decisions are made by, which tells when one is made. */
    private final class TellingClock extends Clock {
        @Override
        public Instant instant() {
            whenDecided.run();
            return Instant.EPOCH;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the ledger knows instants only");
        }
    }

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        faulty = new FaultyDataSource(database.dataSource());
        engine =
                new PostgresEventStorageEngine(
                        faulty,
                        "hashimo",
                        Node.CODEC,
                        CommitLimits.DEFAULT,
                        HARDLY_EVER,
                        Clock.systemUTC());
        ledger =
                new Ledger(
                        new SimpleCommandBus(
                                new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE),
                                List.of()),
                        engine,
                        new TellingClock(),
                        List.of(Open.class));
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    private Outcome opening(Fold<?>... boundary) {
        return ledger.execute(new Open(List.of(boundary)), LedgerNode.stamp("opening"));
    }

    @Test
    void a_success_stays_one_when_the_log_was_shorter_and_cannot_be_asked_how_far_it_goes() {
        LogKnowledge knowledge = engine.workings().knowledge;
        whenDecided =
                () -> {
                    knowledge.forget(knowledge.seen().losses());
                    faulty.next(Fault.NONE);
                    faulty.always(Fault.NOT_SENT);
                };

        assertThat(opening(Present.of("shop", "tofu"))).isInstanceOf(Outcome.Done.class);
        assertThat(ledger.lastPosition()).isZero();
        assertThat(database.ask("SELECT count(*) FROM event")).isEqualTo(1);
    }

    @Test
    void a_success_stays_one_when_the_node_cannot_fold_what_was_written() {
        assertThat(opening(new NeverOpened("tofu"))).isInstanceOf(Outcome.Done.class);

        assertThatThrownBy(() -> ledger.know(new NeverOpened("tofu")))
                .isInstanceOf(LedgerInvariantBroken.class);
    }

    @Test
    void a_command_that_depends_on_nothing_is_a_mistake() {
        assertThatThrownBy(this::opening).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.workings().folds.read(List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
