package jp.hashimo.loadtest.measure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * In what order the cases of a round come: that of their rows. Every other round the payments to
 * one store come before those to random stores, each with its peer, since whoever comes later may
 * find a warmer service or fuller tables.
 */
final class Turns {
    private static final Map<Row, Row> CHANGE_PLACES =
            Map.of(
                    Row.PGLEDGER_RANDOM, Row.PGLEDGER_ONE_STORE,
                    Row.PGLEDGER_ONE_STORE, Row.PGLEDGER_RANDOM,
                    Row.HTTP_RANDOM, Row.HTTP_ONE_STORE,
                    Row.HTTP_ONE_STORE, Row.HTTP_RANDOM);

    private Turns() {}

    /**
     * @param round counted from 1
     */
    static List<Case> inOrder(int round, Collection<Case> cases) {
        return cases.stream()
                .sorted(Comparator.comparing((Case one) -> place(round, one.row())))
                .toList();
    }

    private static Row place(int round, Row row) {
        return round % 2 == 0 ? CHANGE_PLACES.getOrDefault(row, row) : row;
    }
}
