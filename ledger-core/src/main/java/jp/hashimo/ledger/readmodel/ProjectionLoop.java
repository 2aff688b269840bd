package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps projections at the end of the log: those that stand near each other take the same page of
 * it and are written in one transaction. Any number of nodes may run it: whoever holds the row of a
 * projection's position works, the others look on, and take over when that one is gone.
 */
final class ProjectionLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionLoop.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /**
     * How long events gather before the next batch, while they come one after the other. What comes
     * after a silence is shown at once.
     */
    private static final Duration GATHER = Duration.ofMillis(40);

    private final List<ProjectionRunner> runners;
    private final Lookout lookout;
    private final PageWriter writer;
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
        this.lookout = new Lookout(database, new PositionRows(ledgerId));
        this.writer = new PageWriter(database, ledgerId, codec.json(), lookout);
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
        if (!known && !look()) {
            return true;
        }
        List<ProjectionRunner> together = new ArrayList<>();
        List<ProjectionRunner> apart = new ArrayList<>();
        long front = runners.stream().mapToLong(ProjectionRunner::position).max().orElse(0);
        for (ProjectionRunner runner : runners) {
            if (runner.isAstray()) {
                tellOf(runner);
            } else if (!runner.isStopped()) {
                (runner.isAlone() || runner.isFarBehind(front) ? apart : together).add(runner);
            }
        }
        boolean more = step(together);
        for (ProjectionRunner runner : apart) {
            // It may have been seen meanwhile that it has strayed.
            more |= !runner.isAstray() && step(List.of(runner));
        }
        return more;
    }

    private boolean look() {
        try {
            lookout.look(runners);
            known = true;
        } catch (SQLException | RuntimeException | Error fault) {
            failed(List.of(), fault);
        }
        return known;
    }

    private void tellOf(ProjectionRunner astray) {
        known = false;
        try {
            whenAstray.accept(astray.name());
        } catch (RuntimeException | Error fault) {
            failed(List.of(), fault);
        }
    }

    private boolean step(List<ProjectionRunner> some) {
        try {
            if (some.isEmpty()) {
                lookout.look(runners);
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
        if (PassingFaults.include(fault)) {
            LOG.warn("Projections wait for the database: {}", fault.getMessage());
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        } else if (some.isEmpty()) {
            LOG.error("Projections try again in a moment", fault);
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
            lookout.look(runners);
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

    /** Whether it is worth trying the next page at once. */
    private boolean write(List<ProjectionRunner> some, List<RecordedEvent> page) {
        try {
            return writer.write(some, page);
        } catch (SQLException | RuntimeException | Error fault) {
            failed(some, fault);
            return true;
        }
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
