package jp.hashimo.loadtest.http;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jp.hashimo.loadtest.Program;
import jp.hashimo.loadtest.measure.Audit;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.GrowthRatio;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sizes;
import jp.hashimo.loadtest.measure.Workload;
import org.jspecify.annotations.Nullable;

/** Whether the service starts later, or needs more memory, the more its ledger holds. */
public final class ServiceGrowth implements Contestant {
    private static final int RESIDENTS = 500;
    private static final int STORES = 10;
    private static final int CLIENTS = 8;

    private final Cluster cluster;
    private final Path folder;
    private final Program program;
    private final Townsfolk townsfolk;
    private final Audit audit;
    private final Sizes sizes;
    private final List<RunningService> all = new ArrayList<>();
    private @Nullable Grown empty;
    private @Nullable Grown tenth;
    private @Nullable Grown whole;

    /** A service that is stopped between its cases. */
    private record Grown(RunningService service, HttpTown town) {}

    public ServiceGrowth(
            Cluster cluster,
            Path folder,
            Program program,
            Townsfolk townsfolk,
            Audit audit,
            Sizes sizes) {
        this.cluster = cluster;
        this.folder = folder;
        this.program = program;
        this.townsfolk = townsfolk;
        this.audit = audit;
        this.sizes = sizes;
    }

    @Override
    public String name() {
        return "our service as the ledger grows";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.GROWTH_START, Row.GROWTH_HEAP);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws Exception {
        if (wanted.contains(Row.GROWTH_START)) {
            empty = settle("service_empty", 0);
        }
        if (wanted.contains(Row.GROWTH_HEAP)) {
            tenth = settle("service_tenth", sizes.serviceEvents() / 10);
        }
        whole = settle("service_whole", sizes.serviceEvents());
        return wanted.stream()
                .<Case>map(row ->
                        new Workload(row, Case.Place.SERVICE, duration -> compare(row, duration)))
                .toList();
    }

    private Grown settle(String database, int events) throws Exception {
        var service = new RunningService(cluster, folder, program, database);
        all.add(service);
        double _ = service.start();
        HttpTown town =
                HttpTown.settle(service.url(), cluster, database, townsfolk, RESIDENTS, STORES);
        if (events > 0) {
            townsfolk.addPast(cluster.url(database), events);
        }
        service.drain();
        service.stop();
        cluster.execute(database, "VACUUM ANALYZE");
        return new Grown(service, town);
    }

    private Load compare(Row row, Duration duration) throws Exception {
        return row == Row.GROWTH_START
                ? GrowthRatio.inTurns(1, () -> start(empty), () -> start(whole))
                : GrowthRatio.inTurns(1, () -> heap(tenth, duration), () -> heap(whole, duration));
    }

    private double start(@Nullable Grown grown) throws Exception {
        RunningService service = Objects.requireNonNull(grown).service();
        double seconds = service.start();
        service.stop();
        return seconds;
    }

    /** After some work, so that what it keeps in memory is there. */
    private double heap(@Nullable Grown grown, Duration duration) throws Exception {
        Grown busy = Objects.requireNonNull(grown);
        RunningService service = busy.service();
        double _ = service.start();
        Load _ = service.pay(CLIENTS, duration, busy.town(), busy.town().stores());
        service.drain();
        double megabytes = service.heapMegabytes();
        service.stop();
        return megabytes;
    }

    @Override
    public List<String> findings() throws SQLException {
        List<String> findings = new ArrayList<>();
        for (RunningService service : all) {
            findings.addAll(audit.findings(cluster.url(service.database())));
        }
        return findings;
    }

    @Override
    public void close() {
        all.forEach(RunningService::close);
    }
}
