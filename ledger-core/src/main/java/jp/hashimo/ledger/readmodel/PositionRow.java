package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The row that says how far a projection is. Whoever has locked it does the projection's work, so
 * that no two nodes do.
 */
record PositionRow(String ledgerId, String projection) {
    private static final String READ =
            "SELECT position FROM projection WHERE ledger_id = ? AND name = ?";
    private static final String CLAIM = READ + " FOR UPDATE SKIP LOCKED";
    private static final String BEGIN =
            "INSERT INTO projection (ledger_id, name, position) VALUES (?, ?, 0) ON CONFLICT DO NOTHING";
    private static final String ADVANCE =
            "UPDATE projection SET position = ? WHERE ledger_id = ? AND name = ?";

    /** Locks the row until the transaction ends; empty while another node is at work. */
    OptionalLong claim(Connection connection) throws SQLException {
        return position(connection, CLAIM);
    }

    /** How far whoever is at work has come; empty if the projection has never begun. */
    OptionalLong read(Connection connection) throws SQLException {
        return position(connection, READ);
    }

    private OptionalLong position(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, ledgerId);
            select.setString(2, projection);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Starts from nothing, unless another node just has. */
    void begin(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, ledgerId);
            insert.setString(2, projection);
            insert.executeUpdate();
        }
    }

    void advance(Connection connection, long to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, to);
            update.setString(2, ledgerId);
            update.setString(3, projection);
            update.executeUpdate();
        }
    }
}
