package jp.hashimo.loadtest.http;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hashimo.loadtest.Program;
import jp.hashimo.loadtest.measure.Audit;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.WarmUp;
import jp.hashimo.loadtest.measure.Workload;
import org.jspecify.annotations.Nullable;

/** The ledger as it is shipped, a process of its own, asked by HTTP. */
public final class Service implements Contestant {
    private static final String DATABASE = "service";
    private static final int RESIDENTS = 10_000;
    private static final int STORES = 500;
    private static final String PAYMENTS =
            "SELECT count(*) FROM event WHERE type = 'payment.Captured'";
    private static final String LOG_BYTES =
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE relname LIKE 'event%'";
    private static final String ALL_BYTES =
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables";

    /** Rows that are nothing but payments for as long as they last. */
    private static final Set<Row> LOADS =
            EnumSet.of(Row.HTTP_RANDOM, Row.HTTP_ONE_STORE, Row.HTTP_ONE_CLIENT);

    private final Cluster cluster;
    private final Path folder;
    private final Program program;
    private final Townsfolk townsfolk;
    private final Audit audit;
    private @Nullable RunningService service;
    private @Nullable HttpTown town;
    private double commandsPerSecond;
    private double bytesPerPayment = Double.NaN;
    private Duration warmUp = Duration.ZERO;
    private EnumSet<Row> toWarm = EnumSet.noneOf(Row.class);

    /** Once before the rounds, and once after each restart. */
    private final Map<Row, List<WarmUp>> warmUps = new EnumMap<>(Row.class);

    public Service(
            Cluster cluster, Path folder, Program program, Townsfolk townsfolk, Audit audit) {
        this.cluster = cluster;
        this.folder = folder;
        this.program = program;
        this.townsfolk = townsfolk;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "our service";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(
                Row.HTTP_RANDOM,
                Row.HTTP_ONE_STORE,
                Row.HTTP_ONE_CLIENT,
                Row.READ_LAG,
                Row.DISK_LOG,
                Row.DISK_ALL,
                Row.MEMORY,
                Row.RESTART);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws Exception {
        var started = new RunningService(cluster, folder, program, DATABASE);
        service = started;
        double _ = started.start();
        town = HttpTown.settle(started.url(), cluster, DATABASE, townsfolk, RESIDENTS, STORES);
        started.drain();
        cluster.execute(DATABASE, "VACUUM ANALYZE");
        toWarm = EnumSet.copyOf(LOADS);
        toWarm.retainAll(wanted);
        if (!LOADS.containsAll(wanted)) {
            // The others pay at random stores too, and need to know the rate of that.
            toWarm.add(Row.HTTP_RANDOM);
        }
        return wanted.stream()
                .<Case>map(row ->
                        new Workload(
                                row,
                                Case.Place.SERVICE,
                                duration -> ask(row, duration),
                                running()::drain,
                                () -> settle(row)))
                .toList();
    }

    @Override
    public void warmUp(Duration duration) throws Exception {
        warmUp = duration;
        for (Row row : toWarm) {
            warmUps.computeIfAbsent(row, _ -> new ArrayList<>())
                    .add(WarmUp.by(slice -> cpuOfCommand(row, slice), duration));
        }
        running().drain();
    }

    /** The service's own, in nanoseconds: PostgreSQL needs no warming up. */
    private double cpuOfCommand(Row row, Duration slice) throws Exception {
        Duration before = running().cpuTime();
        Load load = ask(row, slice);
        return (double) running().cpuTime().minus(before).toNanos() / load.units();
    }

    private Load pay(Row row, Duration duration) throws Exception {
        HttpTown all = town();
        return running()
                .pay(
                        row.clients(),
                        duration,
                        all,
                        row == Row.HTTP_ONE_STORE ? all.stores().subList(0, 1) : all.stores());
    }

    private RunningService running() {
        return Objects.requireNonNull(service);
    }

    private HttpTown town() {
        return Objects.requireNonNull(town);
    }

    private Load ask(Row row, Duration duration) throws Exception {
        return switch (row) {
            case HTTP_RANDOM -> {
                Load load = pay(row, duration);
                commandsPerSecond = load.value();
                yield load;
            }
            case HTTP_ONE_STORE, HTTP_ONE_CLIENT -> pay(row, duration);
            case READ_LAG ->
                    new ReadLag(cluster, DATABASE, running().url(), town())
                            .measure(commandsPerSecond / 2, duration);
            case DISK_LOG -> disk(duration);
            case DISK_ALL -> Load.figure(bytesPerPayment);
            case MEMORY -> Load.figure(running().residentMegabytes());
            case RESTART -> Load.figure(restart());
            default -> throw new IllegalArgumentException("not a row of the service: " + row);
        };
    }

    /** What tables and indexes have grown by, as they are: nothing was cleaned up between. */
    private Load disk(Duration duration) throws Exception {
        long payments = cluster.ask(DATABASE, PAYMENTS);
        long log = cluster.ask(DATABASE, LOG_BYTES);
        long all = cluster.ask(DATABASE, ALL_BYTES);
        Load _ = pay(Row.HTTP_RANDOM, duration);
        running().drain();
        double made = cluster.ask(DATABASE, PAYMENTS) - payments;
        bytesPerPayment = (cluster.ask(DATABASE, ALL_BYTES) - all) / made;
        return Load.figure((cluster.ask(DATABASE, LOG_BYTES) - log) / made);
    }

    /** From the start of the process that follows a kill to the end of a payment. */
    private double restart() throws Exception {
        running().kill();
        long from = System.nanoTime();
        double _ = running().start();
        FirstPayment.make(() -> running().pay(1, Duration.ZERO, town(), town().stores()));
        return (System.nanoTime() - from) / 1e9;
    }

    private void settle(Row row) throws Exception {
        if (row == Row.RESTART) {
            // What comes next is as warm as what came before.
            warmUp(warmUp);
        }
    }

    /** The process, while it runs. */
    public Optional<ProcessHandle> process() {
        return service == null ? Optional.empty() : service.handle();
    }

    @Override
    public List<String> remarks() {
        return warmUps.entrySet().stream()
                .map(of ->
                        "Warm-up of “%s” with %d at once: %s."
                                .formatted(
                                        of.getKey().label(),
                                        of.getKey().clients(),
                                        of.getValue().stream()
                                                .map(WarmUp::toString)
                                                .collect(Collectors.joining(", "))))
                .toList();
    }

    @Override
    public List<String> findings() throws SQLException {
        return audit.findings(cluster.url(DATABASE));
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
    }
}
