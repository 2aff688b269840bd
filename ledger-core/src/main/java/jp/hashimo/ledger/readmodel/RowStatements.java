package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.readmodel.Table.Column;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes many rows of a table with one statement. */
final class RowStatements {
    private static final long MICROS = 1_000_000;

    private final Connection connection;
    private final String ledgerId;
    private final JsonMapper json;

    RowStatements(Connection connection, String ledgerId, JsonMapper json) {
        this.connection = connection;
        this.ledgerId = ledgerId;
        this.json = json;
    }

    void insert(Table table, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        if (!rows.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
                statement.setString(1, ledgerId);
                setColumns(statement, 2, table.columns(), rows);
                statement.executeUpdate();
            }
        }
    }

    void update(
            Table table,
            List<Column> replaced,
            List<Column> added,
            List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        List<Column> sent = new ArrayList<>(table.key());
        sent.addAll(replaced);
        sent.addAll(added);
        requireAll(rows, table.update(replaced, added), sent);
    }

    void delete(Table table, List<List<Object>> keys) throws SQLException {
        if (!keys.isEmpty()) {
            requireAll(keys, table.delete(), table.key());
        }
    }

    void deleteOnwards(Table table, List<List<Object>> keys) throws SQLException {
        if (!keys.isEmpty()) {
            int _ = execute(table.deleteOnwards(), table.key(), keys);
        }
    }

    private void requireAll(
            List<? extends List<? extends @Nullable Object>> rows, String sql, List<Column> columns)
            throws SQLException {
        int found = execute(sql, columns, rows);
        if (found != rows.size()) {
            throw new LedgerInvariantBroken(
                    "rows are not there, %d of %d: %s %s"
                            .formatted(rows.size() - found, rows.size(), sql, rows));
        }
    }

    private int execute(
            String sql, List<Column> columns, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setColumns(statement, 1, columns, rows);
            statement.setString(columns.size() + 1, ledgerId);
            return statement.executeUpdate();
        }
    }

    private void setColumns(
            PreparedStatement statement,
            int first,
            List<Column> columns,
            List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Table.Type type = columns.get(i).type();
            statement.setArray(
                    first + i, connection.createArrayOf(type.carrier(), elements(type, i, rows)));
        }
    }

    private @Nullable Object[] elements(
            Table.Type type, int place, List<? extends List<? extends @Nullable Object>> rows) {
        return switch (type) {
            case TEXT -> elements(rows, place, String[]::new, Object::toString);
            case JSONB -> elements(rows, place, String[]::new, this::document);
            case BIGINT -> elements(rows, place, Long[]::new, RowStatements::number);
            case TIMESTAMPTZ -> elements(rows, place, Long[]::new, RowStatements::micros);
            case INTEGER -> elements(rows, place, Integer[]::new, Integer.class::cast);
            case BOOLEAN -> elements(rows, place, Boolean[]::new, Boolean.class::cast);
        };
    }

    private static <T> @Nullable Object[] elements(
            List<? extends List<? extends @Nullable Object>> rows,
            int place,
            IntFunction<@Nullable T[]> array,
            Function<Object, T> form) {
        @Nullable T[] elements = array.apply(rows.size());
        for (int i = 0; i < elements.length; i++) {
            Object value = rows.get(i).get(place);
            elements[i] = value == null ? null : form.apply(value);
        }
        return elements;
    }

    private String document(Object value) {
        return json.writeValueAsString(((Rows.Json) value).value());
    }

    private static Long number(Object value) {
        return switch (value) {
            case Long number -> number;
            case Points points -> points.amount();
            case Yen yen -> yen.amount();
            default -> throw new IllegalArgumentException("not a number: " + value);
        };
    }

    private static Long micros(Object value) {
        var at = (Instant) value;
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), MICROS), at.getNano() / 1_000);
    }
}
