package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.HeadWatch;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one projection at the end of the log. Any number of nodes may run it: whoever holds the row
 * of its position works, the others look on, and take over when that one is gone.
 *
 * <p>An event it cannot handle stops it. It never skips: a figure that leaves something out is
 * worse than none.
 */
public final class ProjectionRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Projection projection;
    private final EventLog log;
    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final Thread thread;
    private final HeadWatch.Subscription wakeUp;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean appended;
    private boolean closed;
    private long position;
    private @Nullable Throwable stoppedBy;

    public ProjectionRunner(
            Projection projection,
            EventLog log,
            DataSource database,
            String ledgerId,
            EventCodec codec) {
        this.projection = projection;
        this.log = log;
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.wakeUp = log.onAppend(this::wake);
        this.thread =
                Thread.ofPlatform()
                        .name("projection-" + projection.name())
                        .daemon()
                        .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public String name() {
        return projection.name();
    }

    /** The last position whose effect can be read, as far as this node knows. */
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an event it could not handle has stopped it. */
    public boolean isStopped() {
        lock.lock();
        try {
            return stoppedBy != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a position can be read; false if it cannot within the time, or the projection has
     * stopped.
     */
    public boolean awaitPosition(long wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (position < wanted && stoppedBy == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return position >= wanted;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!isClosed()) {
            try {
                Step step = step();
                if (step != Step.MORE) {
                    await(IDLE);
                }
            } catch (SQLException | LogUnreadable e) {
                if (e instanceof SQLException sql && !isPassing(sql)) {
                    stop(e);
                    return;
                }
                LOG.warn(
                        "Projection {} waits for the database: {}",
                        projection.name(),
                        e.getMessage());
                await(AFTER_FAILURE);
            } catch (RuntimeException e) {
                stop(e);
                return;
            }
        }
    }

    private enum Step {
        MORE,
        NO_MORE
    }

    /** One batch: position and rows in one transaction. */
    private Step step() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Long from = claim(connection);
                if (from == null) {
                    connection.rollback();
                    observe(connection);
                    return Step.NO_MORE;
                }
                List<RecordedEvent> batch = log.read(from, BATCH);
                long to = batch.isEmpty() ? from : batch.getLast().position();
                if (!batch.isEmpty()) {
                    Rows rows = new Rows(connection, ledgerId, codec.json());
                    projection.apply(rows, batch);
                    rows.flush();
                    advance(connection, to);
                }
                connection.commit();
                reached(to);
                return batch.size() == BATCH ? Step.MORE : Step.NO_MORE;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** The position to go on from, or null while another node is at work. */
    private @Nullable Long claim(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO projection (ledger_id, name, position) VALUES (?, ?, 0) ON CONFLICT DO NOTHING");
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT position FROM projection WHERE ledger_id = ? AND name = ? FOR UPDATE SKIP LOCKED")) {
            if (position() == 0) {
                insert.setString(1, ledgerId);
                insert.setString(2, projection.name());
                insert.executeUpdate();
            }
            return position(select);
        }
    }

    private void observe(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT position FROM projection WHERE ledger_id = ? AND name = ?")) {
            Long elsewhere = position(select);
            connection.commit();
            if (elsewhere != null) {
                reached(elsewhere);
            }
        }
    }

    private @Nullable Long position(PreparedStatement select) throws SQLException {
        select.setString(1, ledgerId);
        select.setString(2, projection.name());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    private void advance(Connection connection, long to) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE projection SET position = ? WHERE ledger_id = ? AND name = ?")) {
            update.setLong(1, to);
            update.setString(2, ledgerId);
            update.setString(3, projection.name());
            update.executeUpdate();
        }
    }

    private void reached(long to) {
        lock.lock();
        try {
            position = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A lost connection, a deadlock, a database that restarts: all of it passes, none of it is an
     * event's fault.
     */
    private static boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || state == null
                || state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("57");
    }

    private void stop(Exception cause) {
        LOG.error(
                "Projection {} has stopped and shows nothing newer than position {}",
                projection.name(),
                position(),
                cause);
        lock.lock();
        try {
            stoppedBy = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            appended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!appended && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            appended = false;
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the batch at hand. */
    @Override
    public void close() {
        wakeUp.close();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; the batch at hand commits or not, as a whole.
            Thread.currentThread().interrupt();
        }
    }
}
