package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.RecordedLog;
import jp.hashimo.ledger.testing.TestDatabase;

/**
 * The database of an earlier build on which this build was started: migrated, shown by its
 * projections, and open for work at the instant at which the recording ends.
 */
final class OlderLedger implements AutoCloseable {
    private final TestDatabase database;
    private final LedgerNode node;
    private final Projections projections;

    private OlderLedger(TestDatabase database) {
        this.database = database;
        var clock = new LedgerClock(database.dataSource(), LEDGER_ID, Clock.systemUTC());
        this.node = new LedgerNode(database.dataSource(), clock);
        this.projections = new Projections(node.log(), database.dataSource(), LEDGER_ID, CODEC);
    }

    static OlderLedger of(RecordedLog recording, RecordedLog.Part part) {
        TestDatabase database = TestDatabase.asOf(recording.schema());
        recording.putInto(database, part);
        database.migrate();
        var ledger = new OlderLedger(database);
        ledger.projections.start();
        ledger.catchUp();
        return ledger;
    }

    /** Waits until the projections show all of the log. */
    void catchUp() {
        try {
            assertThat(projections.awaitAll(log().head(), RecordedCity.PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    LedgerNode node() {
        return node;
    }

    EventLog log() {
        return node.log();
    }

    List<RecordedEvent> facts() {
        return log().read(0, Integer.MAX_VALUE);
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        projections.close();
        node.close();
        database.close();
    }
}
