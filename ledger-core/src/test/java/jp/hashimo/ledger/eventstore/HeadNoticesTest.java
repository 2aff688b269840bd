package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    void a_notice_of_another_ledger_is_not_heard() throws Exception {
        var heard = new Semaphore(0);
        try (var _ = new HeadNotices(database.dataSource(), "festival", heard::release)) {
            awaitListeners(2);
            tell("practice");
            tell("festival");

            // Notices come in the order they were sent.
            assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(heard.availablePermits()).isZero();
        }
    }

    /** Each has always something to tell when it hears of the other. */
    @Test
    void two_busy_nodes_do_not_drive_each_other() throws Exception {
        var heard = new Semaphore(0);
        var one = new AtomicReference<HeadNotices>();
        var two = new AtomicReference<HeadNotices>();
        try (var first = new HeadNotices(database.dataSource(), "festival", answering(one, heard));
                var second =
                        new HeadNotices(database.dataSource(), "festival", answering(two, heard))) {
            one.set(first);
            two.set(second);
            awaitListeners(3);
            first.tell();
            assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            long begun = System.nanoTime();
            assertThat(heard.tryAcquire(22, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            // Eleven of each, not less than 50 ms apart.
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofMillis(400));
        }
    }

    private static Runnable answering(AtomicReference<HeadNotices> itself, Semaphore heard) {
        return () -> {
            heard.release();
            Objects.requireNonNull(itself.get()).tell();
        };
    }

    @Test
    void it_ends_at_once_though_the_database_is_away() {
        var tried = new Semaphore(0);
        var away =
                new HikariDataSource() {
                    @Override
                    public Connection getConnection() throws SQLException {
                        tried.release();
                        throw new SQLException("the database is away");
                    }
                };
        var notices = new HeadNotices(away, "festival", () -> {});
        tried.acquireUninterruptibly();

        long begun = System.nanoTime();
        notices.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_connection_does_not_go_back_to_the_pool_listening() throws Exception {
        Runnable failing =
                () -> {
                    throw new IllegalStateException("not now");
                };
        try (HikariDataSource single = database.pool(1);
                var _ = new HeadNotices(single, "festival", failing)) {
            awaitListeners(2);
            tell("festival");

            assertThat(numberOf(single, "SELECT count(*) FROM pg_listening_channels()")).isZero();
        }
    }

    /** Until so many sessions have said that they listen, those of the other node included. */
    private void awaitListeners(int many) {
        Instant end = Clock.systemUTC().instant().plusSeconds(PATIENCE_SECONDS);
        while (database.ask(
                        "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle' AND query LIKE"
                                + " 'LISTEN %' AND datname = current_database()")
                < many) {
            assertThat(Clock.systemUTC().instant()).isBefore(end);
        }
    }

    private void tell(String ledgerId) {
        database.execute("SELECT pg_notify('hashimo_ledger', '" + ledgerId + "')");
    }

    private static long numberOf(DataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
