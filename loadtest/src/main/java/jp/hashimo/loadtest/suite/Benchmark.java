package jp.hashimo.loadtest.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hashimo.loadtest.measure.Report;
import jp.hashimo.loadtest.measure.ScratchFolder;

/**
 * Measures the ledger beside the others on one PostgreSQL and writes what it found.
 *
 * <p>It ends with 1 when the checker found something in our books, with 2 when it was not
 * understood, and with 3 when it could not be brought to its end.
 */
public final class Benchmark {
    static final int NOT_UNDERSTOOD = 2;
    private static final int FOUND_SOMETHING = 1;
    private static final int BROKEN_OFF = 3;

    private static final Path PUBLISHED = Path.of("docs/benchmarks");
    private static final Path TARGET = Path.of("loadtest/target");
    private static final Path FOR_ONESELF = TARGET.resolve("benchmarks");

    private Benchmark() {}

    /** As {@link Options#USAGE} says. */
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    static int run(List<String> arguments) {
        Options options;
        Plan plan;
        try {
            options = Options.parse(arguments);
            plan = new Plan(options.mode(), options.only());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            return NOT_UNDERSTOOD;
        }
        return status(() -> report(options, plan));
    }

    /** What a shell is told of a run; a fault of ours is not to be taken for one of the ledger. */
    static int status(Callable<Report> run) {
        try {
            return run.call().findings().isEmpty() ? 0 : FOUND_SOMETHING;
        } catch (Exception | Error e) {
            e.printStackTrace();
            return BROKEN_OFF;
        }
    }

    private static Report report(Options options, Plan plan) throws Exception {
        try (var folder = ScratchFolder.in(TARGET);
                var samples = SampleFile.in(FOR_ONESELF)) {
            Report report = new Run(options, plan, folder.path(), samples::add).report();
            System.out.println();
            System.out.println(report.markdown());
            write(options, report);
            return report;
        }
    }

    private static void write(Options options, Report report) throws IOException {
        List<String> objections = options.objections(report.absent().keySet());
        Path folder = Files.createDirectories(objections.isEmpty() ? PUBLISHED : FOR_ONESELF);
        String name = LocalDate.now(Clock.systemUTC()) + "-" + options.label();
        Path latest = folder.resolve("latest.csv");
        String before = Files.exists(latest) ? Files.readString(latest) : "";
        Files.writeString(folder.resolve(name + ".md"), report.markdown());
        Files.writeString(folder.resolve(name + ".csv"), report.samplesCsv());
        Files.writeString(latest, report.goalsCsv(before));
        System.out.println("Written to " + folder + ".");
        if (!objections.isEmpty()) {
            System.out.println("Not published: " + String.join(", ", objections) + ".");
        }
    }
}
