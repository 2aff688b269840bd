package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestDatabase;

/** What the read tables of a database say, as text that can be compared. */
final class ReadTables {
    private final TestDatabase database;

    ReadTables(TestDatabase database) {
        this.database = database;
    }

    static List<String> names() {
        return Projections.all(LedgerNode.CODEC).stream()
                .flatMap(projection -> projection.tables().stream())
                .toList();
    }

    /** Every row of every table. */
    Map<String, List<String>> everything() {
        var all = new TreeMap<String, List<String>>();
        for (String table : names()) {
            all.put(table, texts("SELECT t::text FROM " + table + " t ORDER BY 1"));
        }
        return all;
    }

    /** As if nothing had ever been shown. */
    void clear() {
        database.execute("TRUNCATE projection, " + String.join(", ", names()));
    }

    /** The first column of each row. */
    List<String> texts(String sql) {
        return query(sql, row -> row.getString(1));
    }

    /** The number in the second column for each text in the first. */
    Map<String, Long> amounts(String sql) {
        var amounts = new TreeMap<String, Long>();
        query(sql, row -> amounts.put(row.getString(1), row.getLong(2)));
        return amounts;
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Mapper<T> mapper) {
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(mapper.map(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
