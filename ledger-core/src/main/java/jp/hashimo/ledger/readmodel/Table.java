package jp.hashimo.ledger.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A read table as its projection writes it: the key of a row, and what else is in it. The ledger
 * leads every key and is not named here.
 *
 * <p>Whatever a batch changes goes in one statement for each kind of change, however many rows
 * there are: the columns travel as arrays, side by side.
 */
final class Table {
    private final String name;
    private final List<Column> columns;
    private final List<Column> key;
    private final String onConflict;

    /**
     * A column.
     *
     * @param place among the columns of the table, the key's first
     */
    record Column(String name, Type type, int place) {
        private String value() {
            return type.read("v." + name);
        }
    }

    /** How the values of a column travel and are read on arrival. */
    enum Type {
        TEXT("text", "%s"),
        BIGINT("bigint", "%s"),
        INTEGER("integer", "%s"),
        BOOLEAN("boolean", "%s"),
        /**
         * As the microseconds of the epoch the database counts itself: there is nothing to parse.
         */
        TIMESTAMPTZ("bigint", "timestamptz 'epoch' + %s * interval '1 microsecond'"),
        JSONB("text", "%s::jsonb");

        private final String carrier;
        private final String reading;

        Type(String carrier, String reading) {
            this.carrier = carrier;
            this.reading = reading;
        }

        /** The type of the elements of its array. */
        String carrier() {
            return carrier;
        }

        private String read(String element) {
            return reading.formatted(element);
        }
    }

    private Table(String name, List<Column> columns, int keys, String onConflict) {
        this.name = name;
        this.columns = columns;
        this.key = columns.subList(0, keys);
        this.onConflict = onConflict;
    }

    /**
     * @param key names and types of the columns of the key after the ledger, as in {@code
     *     "wallet_id text, position bigint"}
     * @param others those of the other columns, in the same way
     */
    static Table of(String name, String key, String others) {
        List<Column> columns = new ArrayList<>();
        for (String declared : others.isEmpty() ? List.of(key) : List.of(key, others)) {
            for (String column : declared.split(",", -1)) {
                String[] words = column.strip().split(" ", 2);
                Type type = Type.valueOf(words[1].toUpperCase(Locale.ROOT));
                columns.add(new Column(words[0], type, columns.size()));
            }
        }
        return new Table(name, List.copyOf(columns), key.split(",", -1).length, "");
    }

    /** The same table, where a row may be inserted that is there already. */
    Table onConflict(String action) {
        return new Table(name, columns, key.size(), " ON CONFLICT " + action);
    }

    /** The same table in the next version of its projection, which is made beside the live one. */
    Table next() {
        return new Table(name + NextVersion.SUFFIX, columns, key.size(), onConflict);
    }

    /** Whether a row may be inserted that is there already. */
    boolean isOverwritten() {
        return !onConflict.isEmpty();
    }

    List<Column> columns() {
        return columns;
    }

    List<Column> key() {
        return key;
    }

    Column column(String wanted) {
        for (Column column : columns) {
            if (column.name().equals(wanted)) {
                return column;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + wanted);
    }

    /** Takes an array for each column, after the ledger. */
    String insert() {
        return "INSERT INTO %s (ledger_id, %s) SELECT ?, %s FROM %s%s"
                .formatted(
                        name,
                        each(columns, Column::name),
                        each(columns, Column::value),
                        rows(columns),
                        onConflict);
    }

    /**
     * Takes an array for each column of the key and each that changes, before the ledger.
     *
     * @param replaced the columns that get a new value
     * @param added the columns that grow by a number, which may be less than zero
     */
    String update(List<Column> replaced, List<Column> added) {
        List<Column> sent = new ArrayList<>(key);
        sent.addAll(replaced);
        sent.addAll(added);
        String changes =
                Stream.concat(
                                replaced.stream().map(c -> c.name() + " = " + c.value()),
                                added.stream()
                                        .map(c ->
                                                c.name() + " = t." + c.name() + " + v." + c.name()))
                        .collect(Collectors.joining(", "));
        return "UPDATE %s t SET %s FROM %s WHERE t.ledger_id = ?%s"
                .formatted(name, changes, rows(sent), same(key));
    }

    /** Takes an array for each column of the key, before the ledger. */
    String delete() {
        return "DELETE FROM %s t USING %s WHERE t.ledger_id = ?%s"
                .formatted(name, rows(key), same(key));
    }

    /**
     * As {@link #delete}, of all rows whose key is as given but for a last part that is greater.
     */
    String deleteOnwards() {
        Column last = key.getLast();
        return "DELETE FROM %s t USING %s WHERE t.ledger_id = ?%s AND t.%s >= %s"
                .formatted(
                        name,
                        rows(key),
                        same(key.subList(0, key.size() - 1)),
                        last.name(),
                        last.value());
    }

    private static String same(List<Column> columns) {
        return columns.stream()
                .map(column -> " AND t." + column.name() + " = " + column.value())
                .collect(Collectors.joining());
    }

    /** The arrays as rows. */
    private static String rows(List<Column> columns) {
        return "unnest(%s) AS v(%s)"
                .formatted(
                        each(columns, column -> "?::" + column.type().carrier() + "[]"),
                        each(columns, Column::name));
    }

    private static String each(List<Column> columns, Function<Column, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name;
    }
}
