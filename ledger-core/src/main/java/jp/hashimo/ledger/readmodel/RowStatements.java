package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.readmodel.Table.Column;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the rows of a batch: one statement for each kind of change of a table, all of them in one
 * round trip.
 */
final class RowStatements {
    private static final long MICROS = 1_000_000;

    private final Connection connection;
    private final String ledgerId;
    private final JsonMapper json;
    private final List<Statement> statements = new ArrayList<>();

    RowStatements(Connection connection, String ledgerId, JsonMapper json) {
        this.connection = connection;
        this.ledgerId = ledgerId;
        this.json = json;
    }

    /**
     * A statement with its parameters.
     *
     * @param rows what it is about
     * @param allThere whether each of the rows must be there
     */
    private record Statement(
            String sql,
            List<Object> parameters,
            List<? extends List<? extends @Nullable Object>> rows,
            boolean allThere) {}

    void insert(Table table, List<List<@Nullable Object>> rows) throws SQLException {
        if (!rows.isEmpty()) {
            List<Object> parameters = new ArrayList<>();
            parameters.add(ledgerId);
            parameters.addAll(arrays(table.columns(), rows));
            statements.add(new Statement(table.insert(), parameters, rows, false));
        }
    }

    void update(
            Table table,
            List<Column> replaced,
            List<Column> added,
            List<List<@Nullable Object>> rows)
            throws SQLException {
        List<Column> sent = new ArrayList<>(table.key());
        sent.addAll(replaced);
        sent.addAll(added);
        add(table.update(replaced, added), sent, rows, true);
    }

    void delete(Table table, List<List<Object>> keys) throws SQLException {
        add(table.delete(), table.key(), keys, true);
    }

    void deleteOnwards(Table table, List<List<Object>> keys) throws SQLException {
        add(table.deleteOnwards(), table.key(), keys, false);
    }

    private void add(
            String sql,
            List<Column> columns,
            List<? extends List<? extends @Nullable Object>> rows,
            boolean allThere)
            throws SQLException {
        if (!rows.isEmpty()) {
            List<Object> parameters = new ArrayList<>(arrays(columns, rows));
            parameters.add(ledgerId);
            statements.add(new Statement(sql, parameters, rows, allThere));
        }
    }

    void execute() throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        String sql = statements.stream().map(Statement::sql).collect(Collectors.joining("; "));
        try (PreparedStatement all = connection.prepareStatement(sql)) {
            int place = 0;
            for (Statement statement : statements) {
                for (Object parameter : statement.parameters()) {
                    place++;
                    all.setObject(place, parameter);
                }
            }
            boolean _ = all.execute();
            for (Statement statement : statements) {
                check(statement, all.getUpdateCount());
                boolean _ = all.getMoreResults();
            }
        }
        statements.clear();
    }

    private static void check(Statement statement, int found) {
        int wanted = statement.rows().size();
        if (statement.allThere() && found != wanted) {
            throw new LedgerInvariantBroken(
                    "rows are not there, %d of %d: %s %s"
                            .formatted(wanted - found, wanted, statement.sql(), statement.rows()));
        }
    }

    /** Each column of the rows as an array. */
    private List<Object> arrays(
            List<Column> columns, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Table.Type type = columns.get(i).type();
            arrays.add(connection.createArrayOf(type.carrier(), elements(type, i, rows)));
        }
        return arrays;
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
