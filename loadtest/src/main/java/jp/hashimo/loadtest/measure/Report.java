package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Csv.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The pages of one run.
 *
 * @param heading what was run, with its date
 * @param revision of our own code
 * @param notes what a reader has to know beside the figures, a paragraph each
 * @param absent contestants that could not take part, and why
 */
public record Report(
        String heading,
        String revision,
        String machine,
        Map<String, String> settings,
        List<String> notes,
        Map<String, String> absent,
        List<Round> rounds,
        List<Result> results,
        List<String> findings) {

    /**
     * Goals for machines to read, one a line.
     *
     * @param before the lines of earlier runs, which stay where this one has none; may be empty
     */
    public String goalsCsv(String before) {
        return GoalsCsv.merged(before, results);
    }

    /** Every sample. */
    public String samplesCsv() {
        return SamplesCsv.of(rounds);
    }

    /** The page for people. */
    public String markdown() {
        var page = new StringBuilder();
        page.append("# ").append(heading).append("\n\n");
        page.append("Revision: ").append(revision);
        page.append("\n\nMachine: ").append(machine);
        page.append("\n\nPostgreSQL, one for everybody: ");
        page.append(
                settings.entrySet().stream()
                        .map(e -> e.getKey() + " = " + e.getValue())
                        .collect(Collectors.joining(", ")));
        page.append("\n\n");
        notes.forEach(note -> page.append(note).append("\n\n"));
        absent.forEach((who, why) ->
                page.append("**Absent: ").append(who).append("** — ").append(why).append("\n\n"));
        findings.forEach(
                finding -> page.append("**The checker found: ").append(finding).append("**\n\n"));
        goals(page);
        samples(page);
        return page.toString();
    }

    private void goals(StringBuilder page) {
        page.append(
                """
                ## Goals

                Medians of the ratios inside each round; in brackets the least and the most.

                | goal | what | figure | must | aim | reached | rounds | checker |
                |---|---|---|---|---|---|---|---|
                """);
        for (Result result : results) {
            Goal goal = result.goal();
            String sign = goal.better() == Goal.Better.HIGH ? "≥ " : "≤ ";
            page.append(
                    "| %s | %s | %s | %s | %s | %s | %d | %s |%n"
                            .formatted(
                                    goal.name(),
                                    goal.says(),
                                    range(result),
                                    sign + plain(goal.must()),
                                    sign + plain(goal.aim()),
                                    reached(result),
                                    result.figures().size(),
                                    result.verdict()));
        }
        page.append('\n');
    }

    private static String range(Result result) {
        return result.hasFigure()
                ? "%s (%s–%s)"
                        .formatted(shown(result.median()), shown(result.min()), shown(result.max()))
                : "–";
    }

    private static String reached(Result result) {
        if (!result.hasFigure()) {
            return "–";
        }
        Goal goal = result.goal();
        if (goal.meets(result.median(), goal.aim())) {
            return "aim";
        }
        return goal.meets(result.median(), goal.must()) ? "must" : "**no**";
    }

    private void samples(StringBuilder page) {
        page.append(
                """
                ## Rows

                Medians of all rounds, ranges in brackets. CPU in µs for each unit: of PostgreSQL, of our own process where it takes
                part, of whoever asks where that is another. Of our service it is everything until all read tables had caught up.
                The last column is what processes without a part in the row took of all CPUs, round by round.

                | row | clients | value | unit | p50, ms | p99, ms | PostgreSQL | JVM | generator | failed | others, % |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (Row row : Row.values()) {
            List<Sample> of = new ArrayList<>();
            rounds.stream()
                    .filter(round -> round.samples().containsKey(row))
                    .map(round -> round.samples().get(row))
                    .forEach(of::add);
            if (!of.isEmpty()) {
                page.append(row(row, of));
            }
        }
    }

    private static String row(Row row, List<Sample> of) {
        List<Double> values = of.stream().map(Sample::value).sorted().toList();
        return "| %s | %d | %s (%s–%s) | %s | %s | %s | %s | %s | %s | %d | %s |%n"
                .formatted(
                        row.label(),
                        row.clients(),
                        shown(Numbers.median(values)),
                        shown(values.getFirst()),
                        shown(values.getLast()),
                        row.unit(),
                        median(of, Sample::p50Millis),
                        median(of, Sample::p99Millis),
                        median(of, Sample::serverMicros),
                        median(of, Sample::jvmMicros),
                        median(of, Sample::generatorMicros),
                        of.stream().mapToLong(Sample::failed).sum(),
                        of.stream()
                                .map(sample -> "%.0f".formatted(sample.otherPercent()))
                                .collect(Collectors.joining(", ")));
    }

    private static String median(List<Sample> of, ToDoubleFunction<Sample> part) {
        return shown(Numbers.median(of.stream().map(part::applyAsDouble).toList()));
    }

    /** For people: three figures, and thousands apart. */
    private static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
