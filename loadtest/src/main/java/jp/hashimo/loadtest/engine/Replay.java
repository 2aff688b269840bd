package jp.hashimo.loadtest.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.loadtest.measure.Audit;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.GrowthRatio;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sizes;
import jp.hashimo.loadtest.measure.Workload;

/** Reading the log from its beginning, and making the read tables of it. */
public final class Replay implements Contestant {
    private static final String WHOLE = "replay";
    private static final String TENTH = "replay_tenth";
    private static final String SCRATCH = "replay_scratch";
    private static final int READ = 100_000;
    private static final int PAGE = 1_000;
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofHours(1);

    private final Cluster cluster;
    private final Audit audit;
    private final Sizes sizes;
    private boolean reads;

    public Replay(Cluster cluster, Audit audit, Sizes sizes) {
        this.cluster = cluster;
        this.audit = audit;
        this.sizes = sizes;
    }

    @Override
    public String name() {
        return "our projections";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.REPLAY_READ, Row.CATCH_UP, Row.GROWTH_REPLAY);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws SQLException {
        reads = wanted.contains(Row.REPLAY_READ);
        load(WHOLE, sizes.replayEvents());
        if (wanted.contains(Row.GROWTH_REPLAY)) {
            load(TENTH, sizes.replayEvents() / 10);
        }
        return wanted.stream()
                .<Case>map(row -> new Workload(row, Case.Place.HERE, _ -> replay(row)))
                .toList();
    }

    /** Reading is over in a second; to catch up takes long enough to be warm for most of it. */
    @Override
    public void warmUp(Duration duration) {
        for (long end = System.nanoTime() + duration.toNanos();
                reads && System.nanoTime() < end; ) {
            Load _ = read();
        }
    }

    /** All of it works on a fixed amount. */
    private Load replay(Row row) throws Exception {
        return switch (row) {
            case REPLAY_READ -> read();
            case CATCH_UP -> {
                double seconds = catchUp(WHOLE);
                yield Load.bulk(cluster.ask(WHOLE, "SELECT max(position) FROM event"), seconds);
            }
            case GROWTH_REPLAY ->
                    GrowthRatio.inTurns(1, () -> catchUp(TENTH), () -> catchUp(WHOLE));
            default -> throw new IllegalArgumentException("not a row of the replay: " + row);
        };
    }

    private void load(String database, int events) throws SQLException {
        try (var node = EngineNode.onNew(cluster, database)) {
            LargeTown.load(node.engine(), Math.max(1, events / 10), events, 0);
        }
        cluster.execute(database, "VACUUM ANALYZE");
    }

    /**
     * Lets fresh projections read a log to its end.
     *
     * @return the seconds it took
     */
    private double catchUp(String log) throws SQLException, InterruptedException {
        cluster.execute("postgres", "DROP DATABASE IF EXISTS " + SCRATCH + " WITH (FORCE)");
        cluster.execute(
                "postgres",
                "CREATE DATABASE " + SCRATCH + " TEMPLATE " + log + " STRATEGY FILE_COPY");
        try (var node = new EngineNode(cluster.url(SCRATCH));
                Projections projections = node.projections()) {
            long head = node.log().head();
            long from = System.nanoTime();
            projections.start();
            if (!projections.awaitAll(head, CAUGHT_UP_WITHIN)) {
                throw new IllegalStateException("the projections do not follow the log");
            }
            return (System.nanoTime() - from) / 1e9;
        }
    }

    private Load read() {
        try (var node = new EngineNode(cluster.url(WHOLE))) {
            long from = System.nanoTime();
            long position = 0;
            List<RecordedEvent> page;
            do {
                page = node.log().read(position, PAGE);
                position = page.isEmpty() ? position : page.getLast().position();
            } while (page.size() == PAGE && position < READ);
            return Load.bulk(position, (System.nanoTime() - from) / 1e9);
        }
    }

    @Override
    public List<String> findings() throws SQLException {
        boolean caughtUp =
                cluster.ask(
                                "postgres",
                                "SELECT count(*) FROM pg_database WHERE datname = '"
                                        + SCRATCH
                                        + "'")
                        == 1;
        return audit.findings(cluster.url(caughtUp ? SCRATCH : WHOLE));
    }
}
