package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestDatabase;

/**
 * A city whose life was told again to a real ledger, command by command and at the same instants,
 * while the projections looked on.
 */
final class RecordedCity implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestDatabase database = TestDatabase.create();
    private final LedgerClock clock =
            new LedgerClock(database.dataSource(), LEDGER_ID, Clock.systemUTC());
    private final LedgerNode node = new LedgerNode(database.dataSource(), clock);
    private final ReadTables tables = new ReadTables(database);

    static RecordedCity of(City city) {
        var recorded = new RecordedCity();
        try (var projections = recorded.projections(500)) {
            projections.start();
            recorded.tell(city.diary());
            recorded.catchUp(projections);
        }
        return recorded;
    }

    private void tell(List<City.Asked> diary) {
        clock.startAt(diary.getFirst().at(), true);
        for (City.Asked asked : diary) {
            moveTo(asked.at());
            assertThat(answer(node.execute(asked.command())))
                    .as("%s", asked.command())
                    .isEqualTo(answer(asked.decision()));
        }
    }

    private void moveTo(Instant at) {
        if (!clock.instant().equals(at)) {
            assertThat(clock.moveTo(at, true)).isTrue();
        }
    }

    /** The facts, or the reason why there are none. */
    private static Object answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.events().stream().map(RecordedEvent::event).toList();
            case Outcome.Refused refused -> refused.reason();
            case Outcome.KeyReused _, Outcome.NoTime _, Outcome.Unknown _ -> outcome;
        };
    }

    private static Object answer(Decision<?> decision) {
        return switch (decision) {
            case Decision.Accepted<?>(var facts) -> facts;
            case Decision.Rejected<?>(var reason) -> reason;
        };
    }

    /** What the tables say when they are made from the log alone. */
    Map<String, List<String>> rebuilt(int batchSize) {
        tables.clear();
        try (var projections = projections(batchSize)) {
            projections.start();
            catchUp(projections);
        }
        return tables.everything();
    }

    Projections projections(int batchSize) {
        return new Projections(log(), database.dataSource(), LEDGER_ID, CODEC, batchSize);
    }

    private void catchUp(Projections projections) {
        try {
            assertThat(projections.awaitAll(log().head(), PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    TestDatabase database() {
        return database;
    }

    LedgerNode node() {
        return node;
    }

    EventLog log() {
        return node.log();
    }

    ReadTables tables() {
        return tables;
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
