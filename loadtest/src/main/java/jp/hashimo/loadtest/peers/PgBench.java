package jp.hashimo.loadtest.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;

/**
 * PostgreSQL's own load generator running one of our scripts, with prepared statements.
 *
 * @param script a resource of ours
 * @param unitsPerTransaction how many events or the like a transaction writes
 */
record PgBench(
        Cluster cluster,
        Path folder,
        String database,
        Row row,
        String script,
        int unitsPerTransaction)
        implements Case {
    static final String COMMAND = "pgbench";

    /** Logging every transaction would cost the generator what it should measure. */
    private static final String LOGGED_SHARE = "0.25";

    private static final AtomicLong RUNS = new AtomicLong();
    private static final Pattern PROCESSED =
            Pattern.compile("number of transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    @Override
    public Place place() {
        return Place.CHILD;
    }

    @Override
    public Load run(Duration duration) throws IOException {
        Path own = Files.createTempDirectory(folder, "pgbench");
        Path file = own.resolve("script");
        Files.writeString(file, resource(script));
        String output = Tool.run(own, command(file, duration));
        long transactions = (long) number(PROCESSED, output, "no transaction was processed");
        double perSecond = number(RATE, output, "there is no rate");
        return Load.rate(
                transactions * unitsPerTransaction,
                FAILED.matcher(output).find() ? (long) number(FAILED, output, "") : 0,
                transactions / perSecond,
                latencies(own));
    }

    private List<String> command(Path file, Duration duration) {
        return new ArrayList<>(
                List.of(
                        COMMAND,
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + row.clients(),
                        "--jobs=" + Math.min(2, row.clients()),
                        "--time=" + Math.max(1, duration.toSeconds()),
                        "--log",
                        "--sampling-rate=" + LOGGED_SHARE,
                        "--define=run=" + RUNS.incrementAndGet(),
                        "--define=n=-1",
                        "--file=" + file,
                        "--host=127.0.0.1",
                        "--port=" + cluster.port(),
                        "--username=postgres",
                        database));
    }

    private static double number(Pattern pattern, String output, String otherwise)
            throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException(otherwise + ":\n" + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** The third field of pgbench's log is the time one transaction took, in microseconds. */
    private static long[] latencies(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pgbench_log"))
                    .flatMapToLong(PgBench::nanos)
                    .toArray();
        }
    }

    private static LongStream nanos(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .mapToLong(line -> 1_000 * Long.parseLong(line.split(" ", 4)[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = PgBench.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
