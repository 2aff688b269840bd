package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that hardly ever look by themselves hear of each other's appends. */
class HeadNoticesTest {
    private static final Duration HARDLY_EVER = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 30;

    private TestDatabase database;
    private HikariDataSource otherPool;
    private PostgresEventStorageEngine other;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        otherPool = database.pool(4);
        other = engine(otherPool, "hashimo");
    }

    @AfterEach
    void close() {
        other.close();
        otherPool.close();
        database.close();
    }

    private static PostgresEventStorageEngine engine(DataSource pool, String ledgerId) {
        return new PostgresEventStorageEngine(
                pool, ledgerId, Node.CODEC, CommitLimits.DEFAULT, HARDLY_EVER, Clock.systemUTC());
    }

    @Test
    void a_reader_is_woken_by_what_another_node_appends() throws Exception {
        var woken = new Semaphore(0);
        other.log().onAppend(woken::release);
        try (Node node = new Node(database.dataSource())) {
            // What is told before the other listens is not heard.
            do {
                node.append(AppendCondition.none(), new Counted(1));
            } while (!woken.tryAcquire(200, TimeUnit.MILLISECONDS)
                    && node.engine.log().head() < 150);

            int _ = woken.drainPermits();
            node.append(AppendCondition.none(), new Counted(2));
            assertThat(woken.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_is_appended_to_another_ledger_wakes_nobody() throws Exception {
        var woken = new Semaphore(0);
        other.log().onAppend(woken::release);
        try (Node practice = new Node(database.dataSource(), "practice", CommitLimits.DEFAULT)) {
            for (int i = 0; i < 5; i++) {
                practice.append(AppendCondition.none(), new Counted(i));
                assertThat(woken.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
            }
        }
    }
}
