package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a projection again from the beginning of the log, in tables beside the live ones, and puts
 * them in their place when it has caught up. Until then the live ones serve.
 *
 * <p>How far it is stands in the database like any position, so that it goes on after a restart and
 * two nodes that are at it do it once.
 */
final class Rebuild implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String SWITCH = "SELECT projection_rebuild_switch(?, ?, ?)";

    private final ProjectionRunner live;
    private final NextVersion next;
    private final EventLog log;
    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final int batchSize;
    private final PositionRows positions;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopped;

    Rebuild(
            ProjectionRunner live,
            Projection projection,
            EventLog log,
            DataSource database,
            String ledgerId,
            EventCodec codec,
            int batchSize) {
        this.live = live;
        this.next = new NextVersion(projection);
        this.log = log;
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.batchSize = batchSize;
        this.positions = new PositionRows(ledgerId);
        this.thread =
                Thread.ofPlatform().name("rebuild-" + projection.name()).daemon().start(this::run);
    }

    boolean isAtWork() {
        return thread.isAlive();
    }

    /** Whether an event it could not handle is in its way. */
    boolean isStopped() {
        return stopped;
    }

    private void run() {
        LOG.info("Projection {} is made again from the log", live.name());
        try {
            while (catchUp() && !switchOver()) {
                LOG.info("Projection {} could not be switched over yet", live.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs beside the live one until what is left to read is a page.
     *
     * @return false if there is no more to do: it was closed, or an event stopped it, or somebody
     *     has switched it over or given it up
     */
    private boolean catchUp() throws InterruptedException {
        try (var loop =
                new ProjectionLoop(List.of(next), log, database, ledgerId, codec, batchSize)) {
            loop.start();
            ProjectionRunner runner = loop.runners().getFirst();
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    stopped = runner.isStopped();
                    if (stopped || isGone()) {
                        return false;
                    } else if (runner.position() >= log.head() - batchSize) {
                        return true;
                    }
                } catch (SQLException | LogUnreadable e) {
                    LOG.debug("The next version of {} waits for the database", live.name(), e);
                }
            }
            return false;
        }
    }

    private boolean isGone() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return positions.read(connection, List.of(next.name())).isEmpty();
        }
    }

    /**
     * In one transaction the next version gets what it lacks and takes the other's place.
     *
     * @return whether it is done, by this node or another
     */
    private boolean switchOver() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Map<String, Long> at =
                        positions.lock(connection, List.of(live.name(), next.name()));
                Long made = at.get(next.name());
                if (made != null) {
                    long to = Math.max(made, at.getOrDefault(live.name(), 0L));
                    write(connection, made, to);
                    switchTo(connection, to);
                    connection.commit();
                    live.goOn();
                    LOG.info("Projection {} shows its new version at position {}", live.name(), to);
                }
                return true;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Projection {} keeps its old version for now", live.name(), e);
            return false;
        }
    }

    private void write(Connection connection, long from, long to) throws SQLException {
        for (long after = from; after < to; ) {
            List<RecordedEvent> page =
                    log.read(after, Math.toIntExact(Math.min(batchSize, to - after)));
            var rows = new Rows(connection, ledgerId, codec.json());
            next.apply(rows, page);
            rows.flush();
            positions.advance(connection, List.of(next.name()), page.getLast());
            after = page.getLast().position();
        }
    }

    private void switchTo(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWITCH)) {
            statement.setString(1, ledgerId);
            statement.setString(2, live.name());
            statement.setLong(3, position);
            statement.execute();
        }
    }

    /** Ends after the batch at hand; what is made so far stays, to go on from. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
