package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.HeadWatch;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.readmodel.PositionRows.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps projections at the end of the log: those that stand near each other take the same page of
 * it and are written in one transaction. Any number of nodes may run it: whoever holds the row of a
 * projection's position works, the others look on, and take over when that one is gone.
 */
final class ProjectionLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /**
     * How long events gather before the next batch, while they come one after the other. What comes
     * after a silence is shown at once.
     */
    private static final Duration GATHER = Duration.ofMillis(40);

    private static final Place NOWHERE = new Place(0, true);

    private final List<ProjectionRunner> runners;
    private final DataSource database;
    private final String ledgerId;
    private final JsonMapper json;
    private final PositionRows positions;
    private final LogPages pages;
    private final Semaphore news = new Semaphore(0);
    private final HeadWatch.Subscription wakeUp;
    private final Thread thread;
    private volatile boolean closed;

    /** Whether it has been looked up how far they are, since the last failure. */
    private volatile boolean known;

    /** Told the name of each whose tables show what the log has lost, for as long as they do. */
    private Consumer<String> whenAstray = _ -> {};

    private long lastWork = System.nanoTime();

    /**
     * @param batchSize how many events at most are applied in one transaction
     */
    ProjectionLoop(
            List<Projection> projections,
            EventLog log,
            DataSource database,
            String ledgerId,
            EventCodec codec,
            int batchSize) {
        this.runners =
                projections.stream()
                        .map(projection -> new ProjectionRunner(projection, batchSize))
                        .toList();
        this.database = database;
        this.ledgerId = ledgerId;
        this.json = codec.json();
        this.positions = new PositionRows(ledgerId);
        this.pages = new LogPages(log);
        this.wakeUp = log.onAppend(news::release);
        this.thread = Thread.ofPlatform().name("projections").daemon().unstarted(this::run);
    }

    /** Set before the start; called by the thread of this loop, again and again. */
    void whenAstray(Consumer<String> listener) {
        whenAstray = listener;
    }

    void start() {
        thread.start();
    }

    List<ProjectionRunner> runners() {
        return runners;
    }

    private void run() {
        while (!closed) {
            if (!round()) {
                awaitNews();
            }
        }
    }

    /**
     * One batch for all that stand together, and one for each that does not: because it failed with
     * the others, or is far behind them.
     *
     * @return whether there may be more to do at once
     */
    private boolean round() {
        List<ProjectionRunner> together = new ArrayList<>();
        List<ProjectionRunner> apart = new ArrayList<>();
        long front = runners.stream().mapToLong(ProjectionRunner::position).max().orElse(0);
        for (ProjectionRunner runner : runners) {
            if (runner.isAstray()) {
                whenAstray.accept(runner.name());
                known = false;
            } else if (!runner.isStopped()) {
                (runner.isAlone() || runner.isFarBehind(front) ? apart : together).add(runner);
            }
        }
        boolean more = step(together);
        for (ProjectionRunner runner : apart) {
            more |= step(List.of(runner));
        }
        return more;
    }

    private boolean step(List<ProjectionRunner> some) {
        try {
            if (!known) {
                look(runners);
                known = true;
            }
            if (some.isEmpty()) {
                look(runners);
                return false;
            }
            return takePage(some);
        } catch (SQLException | RuntimeException | Error fault) {
            failed(some, fault);
            return true;
        }
    }

    private void failed(List<ProjectionRunner> some, Throwable fault) {
        pages.forget();
        known = false;
        if (PassingFaults.include(fault) || some.isEmpty()) {
            LOG.warn("Projections wait for the database: {}", fault.getMessage());
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        } else if (some.size() > 1) {
            some.forEach(ProjectionRunner::separate);
        } else {
            some.getFirst().failed(fault);
        }
    }

    private boolean takePage(List<ProjectionRunner> some) throws SQLException {
        long from = some.stream().mapToLong(ProjectionRunner::position).min().orElseThrow();
        int limit = some.stream().mapToInt(ProjectionRunner::batchSize).min().orElseThrow();
        List<RecordedEvent> page = pages.after(from, limit);
        if (page.isEmpty()) {
            look(runners);
            return false;
        }
        boolean full = page.size() == limit;
        boolean worked;
        if (full && some.size() > 1) {
            // There is much to do: the wallets, which are half of it, beside all the others.
            var others =
                    CompletableFuture.supplyAsync(
                            () -> write(some.subList(1, some.size()), page),
                            task -> Thread.ofVirtual().start(task));
            boolean wallets = write(some.subList(0, 1), page);
            worked = others.join() || wallets;
        } else {
            worked = write(some, page);
        }
        lastWork = System.nanoTime();
        return worked && full;
    }

    /**
     * Writes a page for some of the projections.
     *
     * @return whether it is worth trying the next at once
     */
    private boolean write(List<ProjectionRunner> some, List<RecordedEvent> page) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return apply(connection, some, page);
            } finally {
                // Of what was not committed nothing may stay, and to turn autocommit on would
                // commit it.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException | Error fault) {
            failed(some, fault);
            return true;
        }
    }

    /**
     * One transaction: positions and rows.
     *
     * @return whether any of them was this node's to work on
     */
    private boolean apply(
            Connection connection, List<ProjectionRunner> some, List<RecordedEvent> page)
            throws SQLException {
        Map<String, Long> claimed = positions.claim(connection, names(some));
        if (claimed.size() < some.size()) {
            lookOn(connection, some);
        }
        long before = page.getFirst().position() - 1;
        long to = page.getLast().position();
        var rows = new Rows(connection, ledgerId, json);
        List<ProjectionRunner> working = new ArrayList<>();
        for (ProjectionRunner runner : some) {
            Long at = claimed.get(runner.name());
            // Another node may have been here since this one looked, and a database that came back
            // after a fault may know less than it did.
            if (at != null && at >= before && at < to) {
                runner.apply(rows, page.subList((int) (at - before), page.size()));
                working.add(runner);
            } else if (at != null) {
                runner.reached(at);
            }
        }
        if (!working.isEmpty()) {
            rows.flush();
            positions.advance(connection, names(working), page.getLast());
        }
        connection.commit();
        for (ProjectionRunner runner : working) {
            runner.reached(to);
            runner.succeeded();
        }
        return !claimed.isEmpty();
    }

    private void look(List<ProjectionRunner> some) throws SQLException {
        try (Connection connection = database.getConnection()) {
            lookOn(connection, some);
        }
    }

    /**
     * How far they are by the work of whichever node; those never begun begin. One that stopped
     * here and has got on elsewhere goes on, and one that shows what the log does not have waits.
     */
    private void lookOn(Connection connection, List<ProjectionRunner> some) throws SQLException {
        Map<String, Place> found = positions.read(connection, names(some));
        List<String> never =
                names(some).stream()
                        .filter(name -> !found.containsKey(name) && !NextVersion.isName(name))
                        .toList();
        if (!never.isEmpty()) {
            positions.begin(connection, never);
        }
        for (ProjectionRunner runner : some) {
            Place place = found.getOrDefault(runner.name(), NOWHERE);
            if (place.stands()) {
                runner.reached(place.position());
            } else {
                runner.strayed();
            }
        }
    }

    private static List<String> names(List<ProjectionRunner> some) {
        return some.stream().map(ProjectionRunner::name).toList();
    }

    /** Until there is something new, and some of it has gathered; or some time has passed. */
    private void awaitNews() {
        try {
            if (news.tryAcquire(IDLE.toNanos(), TimeUnit.NANOSECONDS)) {
                long quiet = System.nanoTime() - lastWork;
                if (quiet < GATHER.toNanos()) {
                    LockSupport.parkNanos(GATHER.toNanos() - quiet);
                }
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
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; the batch at hand commits or not, as a whole.
            Thread.currentThread().interrupt();
        }
    }
}
