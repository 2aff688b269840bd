package jp.hashimo.loadtest.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a goal.
 *
 * @param figures one for each round that had all its rows
 * @param verdict {@code clean}, or why there is no figure
 */
public record Result(Goal goal, List<Double> figures, String verdict) {
    public static final String CLEAN = "clean";
    private static final String NOT_MEASURED = "not measured";

    public Result {
        figures = List.copyOf(figures);
    }

    /**
     * Judges a goal.
     *
     * @param spoilt why a row must not be used, for those that must not
     */
    public static Result of(Goal goal, List<Round> rounds, Map<Row, String> spoilt) {
        String reason =
                goal.rows().stream()
                        .sorted()
                        .filter(spoilt::containsKey)
                        .map(spoilt::get)
                        .findFirst()
                        .or(() -> flaw(goal, rounds))
                        .orElse(CLEAN);
        List<Double> figures =
                rounds.stream()
                        .map(goal.formula()::applyAsDouble)
                        .filter(Double::isFinite)
                        .toList();
        if (!reason.equals(CLEAN)) {
            return new Result(goal, List.of(), reason);
        }
        return new Result(goal, figures, figures.isEmpty() ? NOT_MEASURED : CLEAN);
    }

    /** One flawed round is enough: to leave it out would be to choose by the result. */
    private static Optional<String> flaw(Goal goal, List<Round> rounds) {
        return rounds.stream()
                .flatMap(round -> round.samples().values().stream())
                .filter(sample -> goal.rows().contains(sample.row()) && sample.flaw() != null)
                .min(Comparator.comparingInt(Sample::round).thenComparing(Sample::row))
                .map(sample ->
                        "round %d, %s: %s"
                                .formatted(sample.round(), sample.row().label(), sample.flaw()));
    }

    boolean hasFigure() {
        return !figures.isEmpty();
    }

    double median() {
        return Numbers.median(figures);
    }

    double min() {
        return figures.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double max() {
        return figures.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
