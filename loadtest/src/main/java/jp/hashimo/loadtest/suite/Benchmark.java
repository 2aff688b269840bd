package jp.hashimo.loadtest.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import jp.hashimo.loadtest.measure.Report;
import jp.hashimo.loadtest.measure.ScratchFolder;

/**
 * Measures the ledger beside the others on one PostgreSQL and writes what it found.
 *
 * <p>It ends with 1 when the checker found something in our books, and with 2 when it was not
 * understood.
 */
public final class Benchmark {
    private static final Path PUBLISHED = Path.of("docs/benchmarks");
    private static final Path TARGET = Path.of("loadtest/target");

    private Benchmark() {}

    /** As {@link Options#USAGE} says. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    private static boolean run(Options options) throws Exception {
        try (var folder = ScratchFolder.in(TARGET)) {
            Report report = new Run(options, folder.path()).report();
            System.out.println();
            System.out.println(report.markdown());
            write(options, report);
            return report.findings().isEmpty();
        }
    }

    private static void write(Options options, Report report) throws IOException {
        Path folder =
                Files.createDirectories(
                        options.publishes() ? PUBLISHED : TARGET.resolve("benchmarks"));
        String name =
                LocalDate.now(Clock.systemUTC())
                        + "-"
                        + options.mode().name().toLowerCase(Locale.ROOT);
        Files.writeString(folder.resolve(name + ".md"), report.markdown());
        Files.writeString(folder.resolve(name + ".csv"), report.samplesCsv());
        Files.writeString(folder.resolve("latest.csv"), report.goalsCsv());
        System.out.println("Written to " + folder + ".");
    }
}
