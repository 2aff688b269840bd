package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.readmodel.Table.Column;
import org.jspecify.annotations.Nullable;

/** What a batch does to one table: what becomes of each row it touches, by the row's key. */
final class PendingRows {
    private final Table table;
    private final Map<List<Object>, Fate> fates = new LinkedHashMap<>();
    private final List<List<Object>> goneOnwards = new ArrayList<>();

    PendingRows(Table table) {
        this.table = table;
    }

    /** What becomes of a row. */
    private sealed interface Fate {}

    /**
     * It is written.
     *
     * @param values by the column's place
     * @param replaces whether another is there that has to go first
     */
    private record Written(Table table, List<@Nullable Object> values, boolean replaces)
            implements Fate, Rows.Change {
        @Override
        public Rows.Change set(String column, @Nullable Object value) {
            values.set(table.column(column).place(), value);
            return this;
        }

        @Override
        public Rows.Change add(String column, long amount) {
            int place = table.column(column).place();
            values.set(place, Math.addExact(number(values.get(place)), amount));
            return this;
        }

        private static long number(@Nullable Object value) {
            return switch (value) {
                case Long number -> number;
                case Points points -> points.amount();
                case Yen yen -> yen.amount();
                case null, default -> throw new IllegalArgumentException("cannot add to " + value);
            };
        }
    }

    /**
     * It is there and changes.
     *
     * @param replaced the new values by the column's place
     * @param added what is added, in the same way
     */
    private record Changed(
            Table table,
            List<Object> key,
            TreeMap<Integer, @Nullable Object> replaced,
            TreeMap<Integer, Long> added)
            implements Fate, Rows.Change {
        @Override
        public Rows.Change set(String column, @Nullable Object value) {
            replaced.put(table.column(column).place(), value);
            return this;
        }

        @Override
        public Rows.Change add(String column, long amount) {
            added.merge(table.column(column).place(), amount, Math::addExact);
            return this;
        }

        private Shape shape() {
            return new Shape(columns(replaced), columns(added));
        }

        private List<Column> columns(TreeMap<Integer, ?> changes) {
            return changes.keySet().stream().map(table.columns()::get).toList();
        }

        /** As {@link Table#update} takes it. */
        private List<@Nullable Object> values() {
            List<@Nullable Object> values = new ArrayList<>(key);
            values.addAll(replaced.values());
            values.addAll(added.values());
            return values;
        }
    }

    /** Rows of which the same columns change go together. */
    private record Shape(List<Column> replaced, List<Column> added) {}

    /** It goes. */
    private record Gone() implements Fate {}

    /**
     * @param values of all columns, the key's first
     */
    void insert(@Nullable Object[] values) {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(
                    "a row of %s has %d columns: %s"
                            .formatted(table, table.columns().size(), Arrays.toString(values)));
        }
        List<Object> key = List.of(Arrays.copyOf(values, table.key().size()));
        Fate before = fates.get(key);
        if (before != null && !(before instanceof Gone) && !table.isOverwritten()) {
            throw new LedgerInvariantBroken("a row comes twice: %s %s".formatted(table, key));
        }
        boolean replaces =
                before instanceof Gone || (before instanceof Written row && row.replaces());
        fates.put(key, new Written(table, Arrays.asList(values), replaces));
    }

    Rows.Change change(List<Object> key) {
        return switch (fates.get(key)) {
            case null -> {
                var changed = new Changed(table, key, new TreeMap<>(), new TreeMap<>());
                fates.put(key, changed);
                yield changed;
            }
            case Written written -> written;
            case Changed changed -> changed;
            case Gone _ -> throw missing("change", key);
        };
    }

    void delete(List<Object> key) {
        switch (fates.get(key)) {
            case Written written when !written.replaces() -> fates.remove(key);
            case Gone _ -> throw missing("go", key);
            case null, default -> fates.put(key, new Gone());
        }
    }

    void deleteOnwards(List<Object> key) {
        fates.keySet().removeIf(other -> isOnwards(other, key));
        goneOnwards.add(key);
    }

    @SuppressWarnings("unchecked") // The values of one column are of one class.
    private static boolean isOnwards(List<Object> key, List<Object> start) {
        int last = start.size() - 1;
        return key.subList(0, last).equals(start.subList(0, last))
                && ((Comparable<Object>) key.get(last)).compareTo(start.get(last)) >= 0;
    }

    /** What goes makes room for what comes. */
    void write(RowStatements statements) throws SQLException {
        List<List<Object>> gone = new ArrayList<>();
        List<List<@Nullable Object>> written = new ArrayList<>();
        Map<Shape, List<List<@Nullable Object>>> changed = new LinkedHashMap<>();
        fates.forEach((key, fate) -> {
            switch (fate) {
                case Gone _ -> gone.add(key);
                case Changed row ->
                        changed.computeIfAbsent(row.shape(), _ -> new ArrayList<>())
                                .add(row.values());
                case Written row -> {
                    if (row.replaces()) {
                        gone.add(key);
                    }
                    written.add(row.values());
                }
            }
        });
        statements.deleteOnwards(table, goneOnwards);
        statements.delete(table, gone);
        statements.insert(table, written);
        for (var rows : changed.entrySet()) {
            Shape shape = rows.getKey();
            statements.update(table, shape.replaced(), shape.added(), rows.getValue());
        }
    }

    private LedgerInvariantBroken missing(String fate, List<Object> key) {
        return new LedgerInvariantBroken(
                "a row that should %s is not there: %s %s".formatted(fate, table, key));
    }
}
