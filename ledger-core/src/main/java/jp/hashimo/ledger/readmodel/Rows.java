package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gathers what a batch of events does to the read tables, row by row, and writes the outcome: a row
 * that comes and changes is inserted as it ends, and one that comes and goes is never written.
 *
 * <p>A row that should change or go and is not there is an error: an event speaks of something the
 * tables were never told of.
 */
public final class Rows {
    private final Connection connection;
    private final String ledgerId;
    private final JsonMapper json;
    private final Map<Table, PendingRows> pending = new LinkedHashMap<>();
    private UnaryOperator<Table> version = UnaryOperator.identity();

    Rows(Connection connection, String ledgerId, JsonMapper json) {
        this.connection = connection;
        this.ledgerId = ledgerId;
        this.json = json;
    }

    /** A value that is written as JSON. */
    record Json(Object value) {}

    /**
     * A new row.
     *
     * @param values of all columns in their order: texts, numbers, instants, amounts, ids and enums
     *     as they print, or a {@link Json}
     */
    void insert(Table table, @Nullable Object... values) {
        of(table).insert(values);
    }

    /**
     * Changes a row.
     *
     * @param key the values of the key's columns in their order
     */
    Change change(Table table, Object... key) {
        return of(table).change(List.of(key));
    }

    /** Removes a row. */
    void delete(Table table, Object... key) {
        of(table).delete(List.of(key));
    }

    /** Removes the rows, none or many, with this key or one that differs by a greater last part. */
    void deleteOnwards(Table table, Object... key) {
        of(table).deleteOnwards(List.of(key));
    }

    /** From here on the rows are those of the next version of each table. */
    void ofNextVersion() {
        version = Table::next;
    }

    private PendingRows of(Table table) {
        return pending.computeIfAbsent(table, _ -> new PendingRows(version.apply(table)));
    }

    /** What changes of one row. */
    interface Change {
        /** The column's new value. */
        Change set(String column, @Nullable Object value);

        /** What is added to the column's number, or taken from it. */
        Change add(String column, long amount);
    }

    void flush() throws SQLException {
        var statements = new RowStatements(connection, ledgerId, json);
        for (PendingRows rows : pending.values()) {
            rows.write(statements);
        }
        statements.execute();
        pending.clear();
    }
}
