package jp.hashimo.loadtest.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.hashimo.loadtest.Machine;
import jp.hashimo.loadtest.Revision;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Interference;
import jp.hashimo.loadtest.measure.Report;
import jp.hashimo.loadtest.measure.Result;
import jp.hashimo.loadtest.measure.Round;
import jp.hashimo.loadtest.measure.Rounds;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sample;

/** One run of the suite, from an empty cluster to the report. */
final class Run {
    private final Options options;
    private final Plan plan;
    private final Path folder;
    private final Consumer<Sample> told;
    private final List<Contestant> present = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Map<Row, String> spoilt = new EnumMap<>(Row.class);
    private final List<String> findings = new ArrayList<>();

    /**
     * @param told of each sample as it comes
     */
    Run(Options options, Plan plan, Path folder, Consumer<Sample> told) {
        this.options = options;
        this.plan = plan;
        this.folder = folder;
        this.told = told;
    }

    Report report() throws Exception {
        try (Cluster cluster = Cluster.start(folder)) {
            Map<String, String> settings = cluster.settings();
            tell("PostgreSQL: " + settings);
            cluster.requireDurable();
            var lineUp = new LineUp(cluster, folder, options);
            List<Round> rounds;
            try {
                rounds = rounds(cluster, lineUp);
                cluster.requireDurable();
                check();
            } finally {
                lineUp.close();
            }
            List<Result> results =
                    plan.goals().stream().map(goal -> Result.of(goal, rounds, spoilt)).toList();
            return new Report(
                    "Benchmark, " + options.label() + ", " + LocalDate.now(Clock.systemUTC()),
                    Revision.of(Path.of("")),
                    Machine.describe(),
                    settings,
                    notes(lineUp),
                    absent,
                    rounds,
                    results,
                    findings);
        }
    }

    private List<String> notes(LineUp lineUp) {
        return Stream.concat(
                        Notes.of(options, lineUp.start()).stream(),
                        present.stream().map(Contestant::remarks).flatMap(List::stream))
                .toList();
    }

    private List<Round> rounds(Cluster cluster, LineUp lineUp) throws Exception {
        List<Case> cases = new ArrayList<>();
        for (Contestant contestant : lineUp.contestants()) {
            EnumSet<Row> wanted = EnumSet.copyOf(plan.rows());
            wanted.retainAll(contestant.rows());
            if (!wanted.isEmpty()) {
                cases.addAll(prepare(contestant, wanted));
            }
        }
        // Whoever has just prepared may have set something aside for itself.
        cluster.requireDurable();
        return new Rounds(
                        cluster,
                        lineUp::service,
                        new Interference(Interference.TOLERABLE_PERCENT, options.attempts()),
                        options.each(),
                        told.andThen(Run::tell))
                .run(options.rounds(), cases);
    }

    /** Whoever cannot take part is named with the reason, and the run goes on without. */
    private List<Case> prepare(Contestant contestant, EnumSet<Row> wanted) throws Exception {
        Optional<String> lacks = contestant.absent();
        if (lacks.isEmpty()) {
            tell("Preparing " + contestant.name() + "…");
            try {
                List<Case> cases = contestant.prepare(wanted);
                contestant.warmUp(options.warmUp());
                present.add(contestant);
                return cases;
            } catch (IOException | SQLException e) {
                if (!contestant.mayBeMissing()) {
                    throw e;
                }
                lacks = Optional.of("it could not be prepared: " + e.getMessage());
            }
        }
        absent.put(contestant.name(), lacks.get());
        wanted.forEach(row -> spoilt.put(row, "absent: " + contestant.name()));
        tell("Absent: " + contestant.name() + " - " + lacks.get());
        return List.of();
    }

    /** Of whoever wrote something that is not true, no row is used. */
    private void check() throws Exception {
        for (Contestant contestant : present) {
            List<String> found = contestant.findings();
            found.forEach(finding -> findings.add(contestant.name() + ": " + finding));
            if (!found.isEmpty()) {
                contestant.rows().forEach(row -> spoilt.put(row, found.getFirst()));
            }
        }
    }

    private static void tell(Sample sample) {
        tell(
                "round %d  %-55s c=%-3d %,12.1f %-11s p99 %8.2f ms  CPU %6.0f + %6.0f + %6.0f µs  drain %4.1f s  failed %d  others %3.0f %% (%d)"
                        .formatted(
                                sample.round(),
                                sample.row().label(),
                                sample.row().clients(),
                                sample.value(),
                                sample.row().unit(),
                                sample.p99Millis(),
                                sample.serverMicros(),
                                sample.jvmMicros(),
                                sample.generatorMicros(),
                                sample.drainSeconds(),
                                sample.failed(),
                                sample.otherPercent(),
                                sample.attempts()));
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}
