package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Csv.plain;
import static jp.hashimo.loadtest.measure.Csv.quoted;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Goals for machines to read, one a line, in the order of {@link Goals}. */
final class GoalsCsv {
    private static final String COLUMNS = "goal,ratio,min,max,rounds,must,aim,better,checker";

    private GoalsCsv() {}

    /**
     * The goals of one run among those of earlier ones: a run that was about a few of them says
     * nothing about the others. A goal that is none any more goes.
     *
     * @param before the file as it was; empty if there was none
     */
    static String merged(String before, List<Result> results) {
        Map<String, String> lines = new HashMap<>();
        before.lines().skip(1).forEach(line -> lines.put(line.split(",", 2)[0], line));
        results.forEach(result -> lines.put(result.goal().name(), line(result)));
        return Stream.concat(
                        Stream.of(COLUMNS),
                        Goals.all().stream()
                                .map(goal -> lines.get(goal.name()))
                                .filter(Objects::nonNull))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Result result) {
        Goal goal = result.goal();
        return String.join(
                ",",
                goal.name(),
                plain(result.median()),
                plain(result.min()),
                plain(result.max()),
                Integer.toString(result.figures().size()),
                plain(goal.must()),
                plain(goal.aim()),
                goal.better().name().toLowerCase(Locale.ROOT),
                quoted(result.verdict()));
    }
}
