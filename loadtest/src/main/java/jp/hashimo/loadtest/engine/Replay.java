package jp.hashimo.loadtest.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Check;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sizes;

/** Reading the log from its beginning, and making the read tables of it. */
public final class Replay implements Contestant {
    private static final String WHOLE = "replay";
    private static final String TENTH = "replay_tenth";
    private static final String SCRATCH = "replay_scratch";
    private static final int READ = 100_000;
    private static final int PAGE = 1_000;
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofHours(1);

    private final Cluster cluster;
    private final Check check;
    private final Sizes sizes;

    public Replay(Cluster cluster, Check check, Sizes sizes) {
        this.cluster = cluster;
        this.check = check;
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
        load(WHOLE, sizes.replayEvents());
        List<Case> cases = new ArrayList<>();
        if (wanted.contains(Row.REPLAY_READ)) {
            cases.add(new Reading());
        }
        if (wanted.contains(Row.CATCH_UP)) {
            cases.add(new CatchingUp());
        }
        if (wanted.contains(Row.GROWTH_REPLAY)) {
            load(TENTH, sizes.replayEvents() / 10);
            cases.add(new Growing());
        }
        return cases;
    }

    private void load(String database, int events) throws SQLException {
        cluster.create(database);
        EngineNode.migrate(cluster.url(database));
        try (var node = new EngineNode(cluster.url(database))) {
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

    /** All that is measured here works in this process and on a fixed amount. */
    private abstract static class Fixed implements Case {
        private final Row row;

        Fixed(Row row) {
            this.row = row;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public Place place() {
            return Place.HERE;
        }
    }

    private final class Reading extends Fixed {
        Reading() {
            super(Row.REPLAY_READ);
        }

        @Override
        public Load run(Duration duration) {
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
    }

    private final class CatchingUp extends Fixed {
        CatchingUp() {
            super(Row.CATCH_UP);
        }

        @Override
        public Load run(Duration duration) throws SQLException, InterruptedException {
            double seconds = catchUp(WHOLE);
            return Load.bulk(cluster.ask(WHOLE, "SELECT max(position) FROM event"), seconds);
        }
    }

    private final class Growing extends Fixed {
        Growing() {
            super(Row.GROWTH_REPLAY);
        }

        @Override
        public Load run(Duration duration) throws SQLException, InterruptedException {
            double tenth = catchUp(TENTH);
            return Load.figure(catchUp(WHOLE) / tenth);
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
        return check.findings(cluster.url(caughtUp ? SCRATCH : WHOLE));
    }
}
