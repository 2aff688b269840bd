package jp.hashimo.loadtest.measure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The least a log has to be: positions from 1 without a gap, and every fact once. */
public final class ContiguousLog implements Audit {
    private static final String LEDGERS =
            "SELECT ledger_id, min(position), max(position), count(*), count(DISTINCT id) FROM event GROUP BY ledger_id";

    @Override
    public List<String> findings(String jdbcUrl) throws SQLException {
        List<String> findings = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LEDGERS)) {
            while (row.next()) {
                String ledger = row.getString(1);
                long count = row.getLong(4);
                if (row.getLong(2) != 1 || row.getLong(3) != count) {
                    findings.add("ledger " + ledger + " has a gap");
                }
                if (row.getLong(5) != count) {
                    findings.add("ledger " + ledger + " holds an event twice");
                }
            }
        }
        return findings;
    }
}
