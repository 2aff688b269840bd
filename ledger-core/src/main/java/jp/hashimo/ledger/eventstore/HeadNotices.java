package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes that the log has grown, and hears it from them.
 *
 * <p>It is a hint, and whoever misses it looks by himself soon after. It is sent after the commit,
 * on a connection of its own and not more often than twenty times a second: inside the appending
 * transaction it would hold a lock of the whole cluster until the commit. Where a transaction
 * pooler stands between, or the server is a standby, nothing is heard and nothing is lost.
 */
final class HeadNotices implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeadNotices.class);
    private static final String CHANNEL = "hashimo_ledger";
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final DataSource database;
    private final String ledgerId;
    private final Runnable heard;
    private final AtomicBoolean toTell = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param heard is run when another node has told of an append; it must return quickly
     */
    HeadNotices(DataSource database, String ledgerId, Runnable heard) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.heard = heard;
        thread = Thread.ofVirtual().name("head-notices-" + ledgerId).start(this::work);
    }

    /** This node has appended. Returns at once. */
    void tell() {
        toTell.set(true);
    }

    private void work() {
        while (!closed) {
            try (Connection connection = database.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                log.debug("ledger {} hears nothing of other nodes", ledgerId, e);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            try {
                exchange(connection);
            } finally {
                // Others get the connection from the pool.
                statement.execute("UNLISTEN " + CHANNEL);
            }
        }
    }

    private void exchange(Connection connection) throws SQLException {
        PGConnection line = connection.unwrap(PGConnection.class);
        int self = line.getBackendPID();
        long lastSent = System.nanoTime() - GATHER.toNanos();
        while (!closed) {
            // Returns at once for a notice of others, which must not make us send any sooner.
            PGNotification[] notices = line.getNotifications(Math.toIntExact(GATHER.toMillis()));
            if (notices != null) {
                hear(notices, self);
            }
            if (System.nanoTime() - lastSent >= GATHER.toNanos() && toTell.getAndSet(false)) {
                send(connection);
                lastSent = System.nanoTime();
            }
        }
    }

    private void hear(PGNotification[] notices, int self) {
        for (PGNotification notice : notices) {
            if (notice.getPID() != self && notice.getParameter().equals(ledgerId)) {
                heard.run();
            }
        }
    }

    private void send(Connection connection) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, ledgerId);
            notify.execute();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
