package jp.hashimo.loadtest.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hashimo.loadtest.Pause;
import jp.hashimo.loadtest.Program;
import jp.hashimo.loadtest.ServiceProcess;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Load;
import org.jspecify.annotations.Nullable;

/** The packaged service on a database of the cluster. */
final class RunningService implements AutoCloseable {
    private static final Duration DRAINED_WITHIN = Duration.ofHours(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** How far the slowest projection is behind the log. */
    private static final String BEHIND =
            "SELECT coalesce((SELECT max(position) FROM event), 0) - coalesce((SELECT min(position) FROM projection), 0)";

    private final Cluster cluster;
    private final String database;
    private final ServiceProcess process;
    private @Nullable URI url;

    /** Makes an empty database; the service makes its tables when it is started. */
    RunningService(Cluster cluster, Path folder, Program program, String database)
            throws IOException, SQLException {
        this.cluster = cluster;
        this.database = database;
        cluster.create(database);
        process =
                ServiceProcess.on(
                        cluster.bareUrl(database), "postgres", folder.resolve(database), program);
    }

    /**
     * Starts it.
     *
     * @return the seconds until it was ready
     */
    double start() throws IOException {
        long from = System.nanoTime();
        url = process.start();
        return (System.nanoTime() - from) / 1e9;
    }

    /** Ends it as an operator would. */
    void stop() {
        process.stop();
        url = null;
    }

    void kill() {
        process.kill();
        url = null;
    }

    URI url() {
        if (url == null) {
            throw new IllegalStateException("the service does not run");
        }
        return url;
    }

    String database() {
        return database;
    }

    /** Empty while it does not run. */
    Optional<ProcessHandle> handle() {
        return url == null ? Optional.empty() : Optional.of(process.handle());
    }

    /** Waits until everything that was written can be read. */
    void drain() throws SQLException, InterruptedException {
        long end = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (cluster.ask(database, BEHIND) > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the projections do not follow the log");
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    /** Lets so many clients pay, each with a connection of its own. */
    Load pay(int clients, Duration duration, HttpTown town, List<HttpTown.Store> stores)
            throws Exception {
        URI at = url();
        return ClosedLoop.run(
                clients,
                duration,
                number ->
                        new Till(
                                at,
                                town.residents(),
                                stores,
                                System.nanoTime() + number,
                                (_, _) -> {}));
    }

    /** CPU time the process has used since it was started, in steps of 10 ms. */
    Duration cpuTime() {
        return process.handle().info().totalCpuDuration().orElseThrow();
    }

    /** What the process holds of the machine's memory, in megabytes. */
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.handle().pid()), "status");
        return number(RESIDENT, Files.readString(status)) * 1024 / 1e6;
    }

    /** What is left on its heap after a full collection, in megabytes. */
    double heapMegabytes() throws IOException {
        var _ = jcmd("GC.run");
        return number(HEAP_USED, jcmd("GC.heap_info")) * 1024 / 1e6;
    }

    private String jcmd(String command) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.handle().pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        try (var output = jcmd.inputReader();
                Stream<String> lines = output.lines()) {
            return String.join("\n", lines.toList());
        }
    }

    private static double number(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    @Override
    public void close() {
        process.close();
        url = null;
    }
}
