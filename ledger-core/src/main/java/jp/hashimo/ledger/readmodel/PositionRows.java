package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import jp.hashimo.ledger.eventstore.RecordedEvent;

/**
 * The rows that say how far each projection is. Whoever has locked one does that projection's work,
 * so that no two nodes do.
 */
record PositionRows(String ledgerId) {
    private static final String READ =
            "SELECT name, position FROM projection WHERE ledger_id = ? AND name = ANY (?)";

    /** In one snapshot with the log: where rows are locked, it might be older than they are. */
    private static final String LOOK =
            "SELECT name, position, stands FROM projection_place"
                    + " WHERE ledger_id = ? AND name = ANY (?)";

    /**
     * What is written can be written again from the log, so its commit need not wait for the disk;
     * position and rows are lost together if at all. Each row is found by its key: a plan that was
     * made when the table was small, and is kept, must not read all of it.
     */
    private static final String SETTINGS =
            "SELECT set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true),"
                    + " set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
                    + " set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)";

    // One round trip.
    private static final String CLAIM = SETTINGS + "; " + READ + " FOR UPDATE SKIP LOCKED";
    private static final String LOCK = SETTINGS + "; " + READ + " ORDER BY name FOR UPDATE";
    private static final String BEGIN =
            "INSERT INTO projection (ledger_id, name, position)"
                    + " SELECT ?, name, 0 FROM unnest(?) AS name ON CONFLICT DO NOTHING";
    private static final String ADVANCE =
            "UPDATE projection p SET (position, event_id, event_at) ="
                    + " (SELECT position, id, at FROM event e WHERE e.ledger_id = p.ledger_id"
                    + " AND e.position = ?)"
                    + " WHERE ledger_id = ? AND name = ANY (?)"
                    + " AND (SELECT stands FROM projection_place s"
                    + " WHERE s.ledger_id = p.ledger_id AND s.name = p.name)"
                    + " AND EXISTS (SELECT FROM event e WHERE e.ledger_id = p.ledger_id"
                    + " AND e.position = ? AND e.id = ? AND e.at = ?)";

    /**
     * Locks the rows until the transaction ends, and says how far they are; those at which another
     * node is at work are left out.
     */
    Map<String, Long> claim(Connection connection, Collection<String> names) throws SQLException {
        return locked(connection, CLAIM, names);
    }

    /** As {@link #claim}, but waits for those at which another is at work. */
    Map<String, Long> lock(Connection connection, Collection<String> names) throws SQLException {
        return locked(connection, LOCK, names);
    }

    private Map<String, Long> locked(Connection connection, String sql, Collection<String> names)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            setNames(connection, select, 1, names);
            select.execute();
            select.getMoreResults();
            try (ResultSet rows = select.getResultSet()) {
                return positions(rows);
            }
        }
    }

    /**
     * How far a projection is.
     *
     * @param stands whether the log has the event its tables end with; false after the log has lost
     *     its end, if the tables have not
     */
    record Place(long position, boolean stands) {}

    /** How far whoever is at work has come; those that have never begun are left out. */
    Map<String, Place> read(Connection connection, Collection<String> names) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOOK)) {
            setNames(connection, select, 1, names);
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Place> places = new HashMap<>();
                while (rows.next()) {
                    places.put(rows.getString(1), new Place(rows.getLong(2), rows.getBoolean(3)));
                }
                return places;
            }
        }
    }

    private static Map<String, Long> positions(ResultSet rows) throws SQLException {
        Map<String, Long> positions = new HashMap<>();
        while (rows.next()) {
            positions.put(rows.getString(1), rows.getLong(2));
        }
        return positions;
    }

    /** Those that have never begun, here or on another node, start from nothing. */
    void begin(Connection connection, Collection<String> names) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            setNames(connection, insert, 1, names);
            insert.executeUpdate();
        }
    }

    /**
     * Says that everything up to an event is in the tables.
     *
     * @throws SQLTransientException if the log no longer has this event, which may have come from
     *     memory, or the one that was the last before; what they led to must not stay
     */
    void advance(Connection connection, Collection<String> names, RecordedEvent last)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, last.position());
            setNames(connection, update, 2, names);
            update.setLong(4, last.position());
            update.setObject(5, last.id());
            update.setObject(6, last.at().atOffset(ZoneOffset.UTC));
            if (update.executeUpdate() < names.size()) {
                throw new SQLTransientException(
                        "the log no longer has the event at position " + last.position());
            }
        }
    }

    private void setNames(
            Connection connection, PreparedStatement statement, int first, Collection<String> names)
            throws SQLException {
        statement.setString(first, ledgerId);
        statement.setArray(
                first + 1, connection.createArrayOf("text", names.toArray(String[]::new)));
    }
}
