package jp.hashimo.loadtest.suite;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hashimo.loadtest.measure.Goal;
import jp.hashimo.loadtest.measure.Goals;
import jp.hashimo.loadtest.measure.Row;

/** Which goals a run is about, and which rows that takes. */
final class Plan {
    private static final Set<String> QUICK = Set.of("P1", "P2", "P3", "P4a", "P4b", "P5", "P10");

    /** What a reader likes to see beside a goal, though its figure does not need it. */
    private static final Map<String, Set<Row>> BESIDE =
            Map.of(
                    "P1",
                    Set.of(
                            Row.JPA_ENGINE,
                            Row.FIFTY,
                            Row.COPY,
                            Row.MESSAGE_DB_OWN,
                            Row.MESSAGE_DB_ONE),
                    "P2",
                    Set.of(Row.NULL_ENGINE),
                    "G1",
                    Set.of(Row.GROWTH_WALLET_COLD),
                    "P11b",
                    // It is measured while this one is.
                    Set.of(Row.DISK_LOG));

    private final List<Goal> goals;

    /**
     * @param only names of goals, where {@code P4} stands for both of its measures; empty for all
     */
    Plan(Options.Mode mode, Set<String> only) {
        List<Goal> all = Goals.all();
        for (String name : only) {
            if (all.stream().noneMatch(goal -> isNamed(goal, name))) {
                throw new IllegalArgumentException("there is no goal " + name);
            }
        }
        boolean whole = only.isEmpty();
        goals =
                all.stream()
                        .filter(goal ->
                                whole
                                        ? mode == Options.Mode.FULL || QUICK.contains(goal.name())
                                        : only.stream().anyMatch(name -> isNamed(goal, name)))
                        .toList();
    }

    private static boolean isNamed(Goal goal, String name) {
        return goal.name().equals(name) || goal.name().matches(name + "[ab]");
    }

    List<Goal> goals() {
        return goals;
    }

    Set<Row> rows() {
        EnumSet<Row> rows = EnumSet.noneOf(Row.class);
        goals.stream().map(Goal::rows).flatMap(Collection::stream).forEach(rows::add);
        goals.forEach(goal -> rows.addAll(BESIDE.getOrDefault(goal.name(), Set.of())));
        return rows;
    }
}
