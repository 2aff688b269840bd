package jp.hashimo.loadtest.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * A ledger in PostgreSQL, read in one snapshot and row by row, so that a long log needs no more
 * memory than a short one.
 */
public final class Database implements Source, AutoCloseable {
    private static final int ROWS_AT_ONCE = 2_000;

    private final Connection connection;
    private final String ledger;

    /** Opens it; the login has to be in the URL or the properties. */
    public Database(String url, Properties login, String ledger) throws SQLException {
        this.connection = DriverManager.getConnection(url, login);
        this.ledger = ledger;
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** A row as it is wanted. */
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    @Override
    public Iterator<Fact> facts() {
        return rows(
                "SELECT position, at, id, type, metadata, payload FROM event"
                        + " WHERE ledger_id = ? ORDER BY position",
                Database::fact);
    }

    private static Fact fact(ResultSet row) throws SQLException {
        Doc metadata = Doc.ofText(row.getString(5));
        return new Fact(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                Doc.of(row.getBytes(6)),
                metadata.has("request") ? metadata.text("request") : "",
                metadata.has("actor") ? metadata.text("actor") : "");
    }

    @Override
    public Map<String, Long> projections() {
        var positions = new HashMap<String, Long>();
        rows(
                        "SELECT name, position FROM projection WHERE ledger_id = ?",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .forEachRemaining(row -> positions.put(row.getKey(), row.getValue()));
        return positions;
    }

    /** Whether every projection shows the log to its end. */
    public boolean isCaughtUp() {
        long head =
                rows(
                                "SELECT coalesce(max(position), 0) FROM event WHERE ledger_id = ?",
                                row -> row.getLong(1))
                        .next();
        Map<String, Long> positions = projections();
        return Checkers.PROJECTIONS.stream()
                .allMatch(name -> positions.getOrDefault(name, -1L) == head);
    }

    @Override
    public Iterator<List<@Nullable Object>> rows(Table table) {
        int columns = table.columns().size();
        return rows(
                "SELECT %s FROM %s WHERE ledger_id = ? ORDER BY %s"
                        .formatted(String.join(", ", table.columns()), table.name(), table.order()),
                row -> values(row, columns));
    }

    private static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
        var values = new ArrayList<@Nullable Object>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(
                    switch (row.getObject(i)) {
                        case null -> null;
                        case Timestamp at -> at.toInstant();
                        case Integer number -> Long.valueOf(number);
                        case Long number -> number;
                        case Boolean flag -> flag;
                        case PGobject json -> Doc.ofText(json.getValue());
                        case Object other -> other.toString();
                    });
        }
        return Collections.unmodifiableList(values);
    }

    private <T> Iterator<T> rows(String sql, Reading<T> reading) {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.closeOnCompletion();
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, ledger);
            return new Rows<>(statement.executeQuery(), reading);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot be read: " + sql, e);
        }
    }

    private static final class Rows<T> implements Iterator<T> {
        private final ResultSet rows;
        private final Reading<T> reading;
        private boolean more;

        Rows(ResultSet rows, Reading<T> reading) throws SQLException {
            this.rows = rows;
            this.reading = reading;
            step();
        }

        private void step() throws SQLException {
            more = rows.next();
            if (!more) {
                rows.close();
            }
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public T next() {
            if (!more) {
                throw new NoSuchElementException();
            }
            try {
                T row = reading.of(rows);
                step();
                return row;
            } catch (SQLException e) {
                throw new IllegalStateException("the rows cannot be read to their end", e);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
