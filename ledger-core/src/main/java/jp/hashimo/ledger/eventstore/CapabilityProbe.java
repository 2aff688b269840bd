package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Tries, at every start, what the ledger relies on: that what is committed is on disk, that two
 * sessions exclude each other on the lock, and that who gets the lock sees what its holder
 * committed. A database that looks like PostgreSQL need not be like it in this.
 */
public final class CapabilityProbe {
    private static final String PROBE = "#probe";
    private static final long PATIENCE_SECONDS = 30;

    private final DataSource database;

    /**
     * @param database gives at least two connections at a time, as the service's role
     */
    public CapabilityProbe(DataSource database) {
        this.database = database;
    }

    /** Returns if the database is fit, and throws {@link UnfitDatabase} if not. */
    public void check() {
        try (Connection holder = database.getConnection();
                Connection other = database.getConnection()) {
            requireNot(holder, "fsync", "off");
            requireNot(holder, "full_page_writes", "off");
            requireNot(holder, "synchronous_commit", "off");
            requireVersion(holder);
            checkLock(holder, other);
        } catch (SQLException e) {
            throw new LogUnreadable("the database does not answer the questions of the start", e);
        }
    }

    private static void requireNot(Connection connection, String setting, String unfit)
            throws SQLException {
        if (ask(connection, "SELECT current_setting(?)", setting).equals(unfit)) {
            throw new UnfitDatabase(
                    "The setting %s of the database is %s, so an acknowledged payment could be lost."
                            .formatted(setting, unfit));
        }
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < 15) {
            throw new UnfitDatabase(
                    "The server_version of the database is %d, and the ledger needs 15 or later."
                            .formatted(version));
        }
    }

    private static void checkLock(Connection holder, Connection other) throws SQLException {
        String token = UUID.randomUUID().toString();
        boolean autoCommit = holder.getAutoCommit();
        holder.setAutoCommit(false);
        try {
            ask(holder, "SELECT pg_advisory_xact_lock(ledger_lock_key(?))::text", token);
            ask(
                    holder,
                    "INSERT INTO ledger_clock VALUES (?, now(), now(), true) ON CONFLICT (ledger_id)"
                            + " DO UPDATE SET ledger_time = clock_timestamp(), wall_time = now()"
                            + " RETURNING ledger_time::text",
                    PROBE);
            String tried =
                    ask(other, "SELECT pg_try_advisory_xact_lock(ledger_lock_key(?))::text", token);
            if (!tried.equals("false")) {
                throw new UnfitDatabase(
                        "Two sessions hold the same advisory lock (pg_advisory_xact_lock) at once.");
            }
            requireSeenByNext(holder, other, token);
        } finally {
            holder.rollback();
            holder.setAutoCommit(autoCommit);
        }
    }

    /** The other session waits for the lock, the holder commits; then the other must see it. */
    private static void requireSeenByNext(Connection holder, Connection other, String token)
            throws SQLException {
        String written =
                ask(
                        holder,
                        "SELECT ledger_time::text FROM ledger_clock WHERE ledger_id = ?",
                        PROBE);
        FutureTask<String> seen =
                new FutureTask<>(() -> {
                    ask(other, "SELECT pg_advisory_xact_lock(ledger_lock_key(?))::text", token);
                    return ask(
                            other,
                            "SELECT ledger_time::text FROM ledger_clock WHERE ledger_id = ?",
                            PROBE);
                });
        Thread.ofVirtual().name("capability-probe").start(seen);
        holder.commit();
        try {
            if (!seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS).equals(written)) {
                throw new UnfitDatabase(
                        "The advisory lock (pg_advisory_xact_lock) is released before its holder's"
                                + " commit can be seen.");
            }
        } catch (TimeoutException e) {
            throw new UnfitDatabase(
                    "The advisory lock (pg_advisory_xact_lock) is not released by the commit.");
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    private static String ask(Connection connection, String sql, String parameter)
            throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(sql)) {
            question.setString(1, parameter);
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }
}
