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
import jp.hashimo.ledger.readmodel.PositionRows.Place;
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
    private static final String SWITCH = "SELECT projection_rebuild_switch(?, ?)";
    private static final String ABANDON = "SELECT projection_rebuild_abandon(?, ?)";
    private static final String BEGIN = "SELECT projection_rebuild_begin(?, ?)";

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
            loop.whenAstray(_ -> beginAgain());
            loop.start();
            ProjectionRunner runner = loop.runners().getFirst();
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    stopped = runner.isStopped();
                    if (stopped || isGone()) {
                        return false;
                    } else if (!runner.isAstray() && runner.position() >= log.head() - batchSize) {
                        return true;
                    }
                } catch (SQLException | LogUnreadable e) {
                    LOG.debug("The next version of {} waits for the database", live.name(), e);
                }
            }
            return false;
        }
    }

    /**
     * What was made so far shows events that the log has lost since. One node begins again, and
     * another that wanted to finds that it is done.
     */
    private void beginAgain() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                positions.lock(connection, List.of(next.name()));
                Place made = positions.read(connection, List.of(next.name())).get(next.name());
                if (made != null && !made.stands()) {
                    call(connection, ABANDON);
                    call(connection, BEGIN);
                    connection.commit();
                    LOG.warn(
                            "The next version of projection {} showed events that the log has lost, and is begun again",
                            live.name());
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            LOG.warn("The next version of {} cannot be begun again yet", live.name(), e);
        }
    }

    private boolean isGone() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return positions.read(connection, List.of(next.name())).isEmpty();
        }
    }

    /**
     * In one transaction the next version gets what it lacks and takes the other's place; not if it
     * shows events that the log has lost since it caught up.
     *
     * @return whether it is done, by this node or another
     */
    private boolean switchOver() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<String> both = List.of(live.name(), next.name());
                positions.lock(connection, both);
                Map<String, Place> at = positions.read(connection, both);
                Place made = at.get(next.name());
                if (made != null && !made.stands()) {
                    return false;
                }
                if (made != null) {
                    Place shown = at.get(live.name());
                    // What the log has lost is no measure.
                    long to =
                            shown != null && shown.stands()
                                    ? Math.max(made.position(), shown.position())
                                    : made.position();
                    write(connection, made.position(), to);
                    call(connection, SWITCH);
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

    private void call(Connection connection, String function) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(function)) {
            statement.setString(1, ledgerId);
            statement.setString(2, live.name());
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
