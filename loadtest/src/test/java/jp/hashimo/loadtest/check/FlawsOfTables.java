package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of the books and of the read tables that are not what the log makes. */
final class FlawsOfTables {
    private static final List<Table> READ =
            List.of(
                    Table.ENTRY,
                    Table.WALLET,
                    Table.LOT,
                    Table.HOLD,
                    Table.PAYMENT,
                    Table.PURCHASE,
                    Table.MONEY_RETURN,
                    Table.CAMPAIGN,
                    Table.MERCHANT,
                    Table.CLASS,
                    Table.APPROVAL,
                    Table.DUE);

    static final List<Flaw> ALL =
            Stream.of(
                            ofRows("C5", Table.POSTING),
                            READ.stream().flatMap(table -> ofRows("C7", table)),
                            Stream.of(
                                    new Flaw(
                                            "an alarm is ticked off and nothing recorded",
                                            "C7",
                                            FlawsOfTables::tickedOff),
                                    new Flaw(
                                            "a projection is ahead of the log",
                                            "C7",
                                            (town, _) -> ahead(town)),
                                    new Flaw(
                                            "a projection is behind its rows",
                                            "C7",
                                            (town, _) -> behind(town))))
                    .flatMap(flaws -> flaws)
                    .toList();

    private FlawsOfTables() {}

    /** A row missing, a row twice, and each of its columns with another value. */
    private static Stream<Flaw> ofRows(String check, Table table) {
        return Stream.concat(
                Stream.of(
                        new Flaw(
                                "a row is missing in " + table.name(),
                                check,
                                (town, random) -> without(town, table, random)),
                        new Flaw(
                                "a row is twice in " + table.name(),
                                check,
                                (town, _) -> twice(town, table))),
                IntStream.range(0, table.columns().size())
                        // That an alarm was worked off is no part of the projection.
                        .filter(column -> !table.columns().get(column).equals("done"))
                        .mapToObj(column ->
                                new Flaw(
                                        "another %s in %s"
                                                .formatted(
                                                        table.columns().get(column), table.name()),
                                        check,
                                        (town, random) -> cell(town, table, column, random))));
    }

    private static boolean without(SmallTown town, Table table, Random random) {
        var rows = town.rowsOf(table);
        return !rows.isEmpty() && rows.remove(random.nextInt(rows.size())) != null;
    }

    private static boolean twice(SmallTown town, Table table) {
        var rows = town.rowsOf(table);
        return !rows.isEmpty() && rows.add(rows.getLast());
    }

    private static boolean cell(SmallTown town, Table table, int column, Random random) {
        return change(town, table, _ -> true, column, random);
    }

    private static boolean change(
            SmallTown town,
            Table table,
            Predicate<List<@Nullable Object>> which,
            int column,
            Random random) {
        var rows = town.rowsOf(table);
        List<Integer> some =
                IntStream.range(0, rows.size())
                        .filter(i -> which.test(rows.get(i)))
                        .boxed()
                        .toList();
        if (some.isEmpty()) {
            return false;
        }
        int i = some.get(random.nextInt(some.size()));
        var row = new ArrayList<>(rows.get(i));
        row.set(column, another(row.get(column)));
        rows.set(i, row);
        return true;
    }

    private static Object another(@Nullable Object value) {
        return switch (value) {
            case Long number -> number + 1;
            case Boolean flag -> !flag;
            case Instant at -> at.plusMillis(1);
            case Doc _ -> Doc.ofText("[{\"lotId\":\"lot_x\",\"amount\":1}]");
            case null -> "x";
            default -> value + "x";
        };
    }

    private static boolean tickedOff(SmallTown town, Random random) {
        int done = Table.DUE.columns().indexOf("done");
        return change(town, Table.DUE, row -> Boolean.FALSE.equals(row.get(done)), done, random);
    }

    private static boolean ahead(SmallTown town) {
        town.projections.put("payment", town.facts.size() + 1L);
        return true;
    }

    private static boolean behind(SmallTown town) {
        long last =
                town.rowsOf(Table.ENTRY).stream()
                        .mapToLong(row -> row.getFirst() instanceof Long position ? position : 0)
                        .max()
                        .orElse(0);
        town.projections.put("wallet", last - 1);
        return last > 0;
    }
}
