package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.Id;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Collects the rows of one batch and writes them statement by statement, in the order in which the
 * statements were first used: one round trip each, however many rows.
 *
 * <p>A projection therefore names its inserts before its updates and its deletes. An update that
 * finds no row to change is an error: an event speaks of something the tables were never told of.
 */
public final class Rows {
    private final Connection connection;
    private final String ledgerId;
    private final JsonMapper json;
    private final Map<String, List<@Nullable Object[]>> pending = new LinkedHashMap<>();

    Rows(Connection connection, String ledgerId, JsonMapper json) {
        this.connection = connection;
        this.ledgerId = ledgerId;
        this.json = json;
    }

    /** Fixes the order of the statements of a batch, whatever comes first in it. */
    void inOrder(String... statements) {
        for (String sql : statements) {
            pending.putIfAbsent(sql, new ArrayList<>());
        }
    }

    /**
     * Adds one row.
     *
     * @param sql a statement whose first parameter is the ledger
     * @param values its other parameters: texts, numbers, instants, amounts, ids and enums as they
     *     print, or a {@link Json}
     */
    void add(String sql, @Nullable Object... values) {
        pending.computeIfAbsent(sql, _ -> new ArrayList<>()).add(values);
    }

    /** A value that is written as JSON. */
    record Json(Object value) {}

    void flush() throws SQLException {
        for (var statement : pending.entrySet()) {
            if (!statement.getValue().isEmpty()) {
                write(statement.getKey(), statement.getValue());
            }
        }
        pending.clear();
    }

    private void write(String sql, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                statement.setString(1, ledgerId);
                for (int i = 0; i < row.length; i++) {
                    set(statement, i + 2, row[i]);
                }
                statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            if (sql.startsWith("UPDATE")
                    && Arrays.stream(changed).anyMatch(rowCount -> rowCount == 0)) {
                throw new LedgerInvariantBroken(
                        "a row that should change is not there: %s %s"
                                .formatted(sql, rows.stream().map(Arrays::toString).toList()));
            }
        }
    }

    private void set(PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.VARCHAR);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case Points points -> statement.setLong(index, points.amount());
            case Yen yen -> statement.setLong(index, yen.amount());
            case Instant at -> statement.setTimestamp(index, Timestamp.from(at));
            case Json document ->
                    statement.setObject(
                            index, json.writeValueAsString(document.value()), Types.OTHER);
            case Id id -> statement.setString(index, id.toString());
            case Enum<?> constant -> statement.setString(index, constant.name());
            default -> statement.setString(index, value.toString());
        }
    }
}
