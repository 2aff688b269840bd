package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.HeadWatch;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one projection at the end of the log. Any number of nodes may run it: whoever holds the row
 * of its position works, the others look on, and take over when that one is gone.
 *
 * <p>An event it cannot handle stops it. It never skips: a figure that leaves something out is
 * worse than none.
 */
public final class ProjectionRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Projection projection;
    private final EventLog log;
    private final DataSource database;
    private final String ledgerId;
    private final JsonMapper json;
    private final PositionRow row;
    private final int largestBatch;
    private final Progress progress = new Progress();
    private final Semaphore news = new Semaphore(0);
    private final HeadWatch.Subscription wakeUp;
    private final Thread thread;

    /** Only the thread itself looks at it. */
    private int batchSize;

    private volatile boolean closed;

    /**
     * @param batchSize how many events at most are applied in one transaction
     */
    ProjectionRunner(
            Projection projection,
            EventLog log,
            DataSource database,
            String ledgerId,
            EventCodec codec,
            int batchSize) {
        this.projection = projection;
        this.log = log;
        this.database = database;
        this.ledgerId = ledgerId;
        this.json = codec.json();
        this.row = new PositionRow(ledgerId, projection.name());
        this.largestBatch = batchSize;
        this.batchSize = batchSize;
        this.wakeUp = log.onAppend(news::release);
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
        return progress.position();
    }

    /** Whether an event it could not handle has stopped it. */
    public boolean isStopped() {
        return progress.isStopped();
    }

    /**
     * Waits until a position can be read; false if it cannot within the time, or the projection has
     * stopped.
     */
    public boolean awaitPosition(long wanted, Duration patience) throws InterruptedException {
        return progress.await(wanted, patience);
    }

    private void run() {
        while (!closed && !progress.isStopped()) {
            try {
                if (!step()) {
                    pause(IDLE);
                }
            } catch (SQLException | RuntimeException | Error fault) {
                failed(fault);
            }
        }
    }

    /**
     * One batch: position and rows in one transaction.
     *
     * @return whether there may be more to do at once
     */
    private boolean step() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                OptionalLong from = row.claim(connection);
                return from.isPresent() ? apply(connection, from.getAsLong()) : lookOn(connection);
            } finally {
                // Of what was not committed nothing may stay, and to turn autocommit on would
                // commit it.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean apply(Connection connection, long from) throws SQLException {
        List<RecordedEvent> batch = log.read(from, batchSize);
        if (batch.isEmpty()) {
            progress.reached(from);
            return false;
        }
        Rows rows = new Rows(connection, ledgerId, json);
        projection.apply(rows, batch);
        rows.flush();
        long to = batch.getLast().position();
        row.advance(connection, to);
        connection.commit();
        progress.reached(to);
        boolean full = batch.size() == batchSize;
        batchSize = Math.min(largestBatch, 2 * batchSize);
        return full;
    }

    /** Another node is at work, or nobody has ever been. */
    private boolean lookOn(Connection connection) throws SQLException {
        OptionalLong elsewhere = row.read(connection);
        if (elsewhere.isPresent()) {
            progress.reached(elsewhere.getAsLong());
            return false;
        }
        row.begin(connection);
        connection.commit();
        return true;
    }

    private void failed(Throwable fault) {
        if (PassingFaults.include(fault)) {
            LOG.warn(
                    "Projection {} waits for the database: {}",
                    projection.name(),
                    fault.getMessage());
            pause(AFTER_FAILURE);
        } else if (batchSize > 1) {
            // One by one, so that all that is before the culprit is shown, and the culprit known.
            batchSize = 1;
        } else {
            LOG.error(
                    "Projection {} has stopped and shows nothing newer than position {}",
                    projection.name(),
                    position(),
                    fault);
            progress.stop();
        }
    }

    /** Until there is news, or some time has passed. */
    private void pause(Duration atMost) {
        try {
            if (news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the batch at hand. */
    @Override
    public void close() {
        wakeUp.close();
        closed = true;
        news.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; the batch at hand commits or not, as a whole.
            Thread.currentThread().interrupt();
        }
    }
}
