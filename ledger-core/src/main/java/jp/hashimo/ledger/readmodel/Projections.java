package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All projections of one ledger on this node. */
public final class Projections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final int BATCH = 2_000;

    private static final String REBUILD = "SELECT projection_rebuild_begin(?, ?)";
    private static final String ABANDON = "SELECT projection_rebuild_abandon(?, ?)";
    private static final String REBUILDING =
            """
            SELECT name, position, extract(epoch FROM clock_timestamp() - begun_at)::float8 AS seconds
              FROM projection WHERE ledger_id = ? AND name LIKE '%\\_\\_next'\
            """;

    private final EventLog log;
    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final int batchSize;
    private final ProjectionLoop loop;
    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final Map<String, ProjectionRunner> runners = new LinkedHashMap<>();
    private final Map<String, Rebuild> rebuilds = new HashMap<>();

    /** {@link #start} sets them going. */
    public Projections(EventLog log, DataSource database, String ledgerId, EventCodec codec) {
        this(log, database, ledgerId, codec, BATCH);
    }

    /**
     * @param batchSize how many events at most are applied in one transaction
     */
    Projections(
            EventLog log, DataSource database, String ledgerId, EventCodec codec, int batchSize) {
        this.log = log;
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.batchSize = batchSize;
        all(codec).forEach(projection -> projections.put(projection.name(), projection));
        loop = new ProjectionLoop(all(codec), log, database, ledgerId, codec, batchSize);
        loop.runners().forEach(runner -> runners.put(runner.name(), runner));
    }

    static List<Projection> all(EventCodec codec) {
        return List.of(
                new WalletProjection(),
                new PaymentProjection(),
                new CampaignProjection(),
                new MerchantProjection(),
                new ApprovalProjection(),
                new JournalProjection(codec),
                new DueProjection());
    }

    /** Also goes on with what was being rebuilt when the last node ended. */
    public void start() {
        loop.whenAstray(this::remake);
        loop.start();
        rebuilding().forEach(rebuilding -> work(rebuilding.name()));
    }

    /**
     * Makes a projection again from the log, beside the one that is read, and switches over when it
     * has caught up.
     *
     * @return false if that is under way already; this node then helps
     */
    public boolean rebuild(String name) {
        boolean begun = call(REBUILD, runner(name).name());
        work(name);
        return begun;
    }

    /**
     * Has a projection made again whose tables show events that the log has lost. One is made after
     * the other, for what they are made of is read from the database that everybody works with. One
     * that an event has stopped keeps nobody waiting: it would only be stopped there once more, and
     * goes on when it is asked to.
     */
    private synchronized void remake(String name) {
        try {
            if ((isStopped(name) && isUnderWay(name))
                    || rebuilds.values().stream().anyMatch(Rebuild::isAtWork)) {
                return;
            }
            if (call(REBUILD, name)) {
                LOG.warn(
                        "Projection {} shows events that the log has lost; nobody reads it until it is made again",
                        name);
            }
            if (isUnderWay(name)) {
                work(name);
            }
        } catch (IllegalStateException | LogUnreadable e) {
            LOG.warn("Projection {} cannot be made again yet: {}", name, e.getMessage());
        }
    }

    private boolean isUnderWay(String name) {
        return rebuilding().stream().anyMatch(under -> under.name().equals(name));
    }

    /**
     * Gives a rebuild up; the projection stays as it is.
     *
     * @return false if there is none
     */
    public boolean abandon(String name) {
        return call(ABANDON, runner(name).name());
    }

    /**
     * A rebuild under way, on whichever node.
     *
     * @param position the events it has behind it
     * @param head those there are
     * @param eventsPerSecond on average since it was begun
     * @param stopped whether an event it cannot handle has stopped it on this node
     */
    public record Rebuilding(
            String name, long position, long head, long eventsPerSecond, boolean stopped) {}

    public List<Rebuilding> rebuilding() {
        long head = log.head();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(REBUILDING)) {
            select.setString(1, ledgerId);
            List<Rebuilding> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long position = row.getLong("position");
                    double seconds = Math.max(row.getDouble("seconds"), 0.001);
                    String name = NextVersion.liveName(row.getString("name"));
                    all.add(
                            new Rebuilding(
                                    name,
                                    position,
                                    head,
                                    Math.round(position / seconds),
                                    isStopped(name)));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("the positions of ledger " + ledgerId, e);
        }
    }

    private synchronized boolean isStopped(String name) {
        Rebuild rebuild = rebuilds.get(name);
        return rebuild != null && rebuild.isStopped();
    }

    private synchronized void work(String name) {
        Rebuild before = rebuilds.get(name);
        if (before == null || !before.isAtWork()) {
            Projection projection = Objects.requireNonNull(projections.get(name));
            rebuilds.put(
                    name,
                    new Rebuild(
                            runner(name), projection, log, database, ledgerId, codec, batchSize));
        }
    }

    private boolean call(String sql, String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ledgerId);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the next version of " + name, e);
        }
    }

    /** The names of all of them. */
    public List<String> names() {
        return List.copyOf(runners.keySet());
    }

    public ProjectionRunner runner(String name) {
        ProjectionRunner runner = runners.get(name);
        if (runner == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return runner;
    }

    /** How far all of them are: what the slowest shows. */
    public long position() {
        return runners.values().stream().mapToLong(ProjectionRunner::position).min().orElse(0);
    }

    /** Waits until every projection shows a position; false if one does not within the time. */
    public boolean awaitAll(long position, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (ProjectionRunner runner : runners.values()) {
            if (!runner.awaitPosition(
                    position, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        // First, for it might begin a rebuild.
        loop.close();
        synchronized (this) {
            rebuilds.values().forEach(Rebuild::close);
        }
    }
}
