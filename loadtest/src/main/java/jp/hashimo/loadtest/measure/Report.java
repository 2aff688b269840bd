package jp.hashimo.loadtest.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The pages of one run.
 *
 * @param heading what was run, with its date
 * @param notes what a reader has to know beside the figures, a paragraph each
 * @param absent contestants that could not take part, and why
 */
public record Report(
        String heading,
        String machine,
        Map<String, String> settings,
        List<String> notes,
        Map<String, String> absent,
        List<Round> rounds,
        List<Result> results,
        List<String> findings) {
    private static final String COLUMNS = "goal,ratio,min,max,rounds,must,aim,better,checker";
    private static final String RAW_COLUMNS =
            "round,row,clients,value,unit,p50_ms,p99_ms,failed,server_cpu_us,jvm_cpu_us,generator_cpu_us,other_cpu_percent,attempts";

    /** Goals for machines to read, one a line. */
    public String goalsCsv() {
        var csv = new StringBuilder(COLUMNS).append('\n');
        for (Result result : results) {
            Goal goal = result.goal();
            csv.append(
                    String.join(
                            ",",
                            goal.name(),
                            plain(result.median()),
                            plain(result.min()),
                            plain(result.max()),
                            Integer.toString(result.figures().size()),
                            plain(goal.must()),
                            plain(goal.aim()),
                            goal.better().name().toLowerCase(Locale.ROOT),
                            quoted(result.verdict())));
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Every sample. */
    public String samplesCsv() {
        var csv = new StringBuilder(RAW_COLUMNS).append('\n');
        for (Round round : rounds) {
            round.samples().values().stream()
                    .sorted(Comparator.comparing(Sample::row))
                    .forEach(sample -> csv.append(line(sample)).append('\n'));
        }
        return csv.toString();
    }

    private static String line(Sample sample) {
        return String.join(
                ",",
                Integer.toString(sample.round()),
                quoted(sample.row().label()),
                Integer.toString(sample.row().clients()),
                plain(sample.value()),
                sample.row().unit(),
                plain(sample.p50Millis()),
                plain(sample.p99Millis()),
                Long.toString(sample.failed()),
                plain(sample.serverMicros()),
                plain(sample.jvmMicros()),
                plain(sample.generatorMicros()),
                plain(sample.otherPercent()),
                Integer.toString(sample.attempts()));
    }

    /** The page for people. */
    public String markdown() {
        var page = new StringBuilder();
        page.append("# ").append(heading).append("\n\n");
        page.append("Machine: ").append(machine).append("\n\nPostgreSQL, one for everybody: ");
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
                part, of whoever asks where that is another. The last column is what processes without a part in the row took
                of all CPUs, round by round.

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

    /** For machines: empty for no figure, no exponent, at most four decimals. */
    private static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(4, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
