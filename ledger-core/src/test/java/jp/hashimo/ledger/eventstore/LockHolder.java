package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import jp.hashimo.ledger.testing.TestDatabase;

/** Somebody else who holds a ledger's lock, so that appends wait until it is closed. */
final class LockHolder implements AutoCloseable {
    private final Connection connection;
    private final TestDatabase database;

    LockHolder(TestDatabase database) throws SQLException {
        this.database = database;
        this.connection = database.owner().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(ledger_lock_key('hashimo'))");
        }
    }

    /** Returns when an append of the service waits for the lock. */
    void awaitWaiter() {
        eventually(() -> database.ask("SELECT count(*) " + waiters()) > 0);
    }

    /** Ends the sessions of those who wait for the lock. */
    void terminateWaiters() {
        long _ = database.ask("SELECT count(pg_terminate_backend(pid)) " + waiters());
    }

    /** Returns when nobody waits for the lock any more. */
    void awaitNoWaiter() {
        eventually(() -> database.ask("SELECT count(*) " + waiters()) == 0);
    }

    private String waiters() {
        return "FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = '"
                + database.name()
                + "'";
    }

    /** Looks again and again until it is so; fails after half a minute. */
    static void eventually(BooleanSupplier so) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!so.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it never became so");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
