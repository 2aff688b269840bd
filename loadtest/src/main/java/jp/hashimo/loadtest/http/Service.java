package jp.hashimo.loadtest.http;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.hashimo.loadtest.ServiceProcess;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Check;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it is shipped, a process of its own with half a gigabyte of heap, asked by HTTP.
 */
public final class Service implements Contestant {
    private static final String DATABASE = "service";
    private static final int RESIDENTS = 10_000;
    private static final int STORES = 500;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(10);

    /** Positive while a projection has not yet shown what the log holds. */
    private static final String BEHIND =
            "SELECT coalesce((SELECT max(position) FROM event), 0) - coalesce((SELECT min(position) FROM projection), 0)";

    private final Cluster cluster;
    private final Path folder;
    private final Settlement settlement;
    private final Check check;
    private @Nullable ServiceProcess process;
    private @Nullable URI url;
    private @Nullable HttpTown town;

    public Service(Cluster cluster, Path folder, Settlement settlement, Check check) {
        this.cluster = cluster;
        this.folder = folder;
        this.settlement = settlement;
        this.check = check;
    }

    @Override
    public String name() {
        return "our service";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.HTTP_RANDOM, Row.HTTP_ONE_STORE, Row.HTTP_ONE_CLIENT);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws Exception {
        cluster.create(DATABASE);
        process =
                ServiceProcess.on(
                        cluster.bareUrl(DATABASE),
                        "postgres",
                        folder.resolve("service"),
                        "-Xms512m",
                        "-Xmx512m");
        url = process.start();
        town = HttpTown.settle(url, cluster, DATABASE, settlement, RESIDENTS, STORES);
        drain();
        cluster.execute(DATABASE, "VACUUM ANALYZE");
        return wanted.stream().<Case>map(Paying::new).toList();
    }

    @Override
    public void warmUp(Duration duration) throws Exception {
        var paying = new Paying(Row.HTTP_RANDOM);
        Load _ = paying.run(duration);
        paying.settle();
    }

    /** Waits until everything that was written can be read. */
    private void drain() throws SQLException, InterruptedException {
        long end = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (cluster.ask(DATABASE, BEHIND) > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the projections do not follow the log");
            }
            boolean _ = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }

    /** The process, while it runs. */
    public Optional<ProcessHandle> process() {
        return process == null ? Optional.empty() : Optional.of(process.handle());
    }

    @Override
    public List<String> findings() throws SQLException {
        return check.findings(cluster.url(DATABASE));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    /** Clients who pay, each with a connection of its own. */
    private final class Paying implements Case {
        private final Row row;

        Paying(Row row) {
            this.row = row;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public Place place() {
            return Place.SERVICE;
        }

        @Override
        public Load run(Duration duration) throws Exception {
            HttpTown all = Objects.requireNonNull(town);
            URI at = Objects.requireNonNull(url);
            List<HttpTown.Store> stores =
                    row == Row.HTTP_ONE_STORE ? all.stores().subList(0, 1) : all.stores();
            return ClosedLoop.run(
                    row.clients(),
                    duration,
                    number -> new Till(at, all.residents(), stores, System.nanoTime() + number));
        }

        @Override
        public void settle() throws SQLException, InterruptedException {
            drain();
        }
    }
}
