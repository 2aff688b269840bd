package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Reading rows of the log. */
final class LogRows {
    /** What makes a recorded event, in the order {@link #recorded} reads it. */
    static final String RECORDED = "position, at, id, type, version, metadata, payload";

    /** The same with the tags, for {@link #stored}. */
    static final String STORED = RECORDED + ", tags";

    private LogRows() {}

    static RecordedEvent recorded(ResultSet row, EventCodec codec) throws SQLException {
        return recorded(row, 0, codec);
    }

    /**
     * @param before how many columns stand before those of {@link #RECORDED}
     */
    static RecordedEvent recorded(ResultSet row, int before, EventCodec codec) throws SQLException {
        return recorded(
                row.getLong(before + 1),
                instant(row, before + 2),
                id(row, before + 3),
                new EncodedEvent(
                        row.getString(before + 4),
                        row.getString(before + 5),
                        row.getBytes(before + 7)),
                row.getString(before + 6),
                codec);
    }

    /** With its tags, as the tail holds it. */
    static Tail.Entry entry(ResultSet row, EventCodec codec) throws SQLException {
        StoredEvent stored = stored(row);
        return new Tail.Entry(recorded(stored, codec), stored.event().type(), stored.tags());
    }

    static RecordedEvent recorded(StoredEvent stored, EventCodec codec) {
        return recorded(
                stored.position(),
                stored.at(),
                stored.id(),
                stored.event(),
                stored.metadata(),
                codec);
    }

    private static RecordedEvent recorded(
            long position,
            Instant at,
            UUID id,
            EncodedEvent event,
            String metadata,
            EventCodec codec) {
        return new RecordedEvent(
                position, at, id, codec.decode(event), codec.decodeMetadata(metadata));
    }

    static StoredEvent stored(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                instant(row, 2),
                id(row, 3),
                encoded(row),
                row.getString(6),
                List.of((UUID[]) row.getArray(8).getArray()));
    }

    /**
     * What identifies an event.
     *
     * @param before how many columns stand before its position, instant and id
     */
    static Known known(ResultSet row, int before) throws SQLException {
        return new Known(row.getLong(before + 1), id(row, before + 3), instant(row, before + 2));
    }

    private static EncodedEvent encoded(ResultSet row) throws SQLException {
        return new EncodedEvent(row.getString(4), row.getString(5), row.getBytes(7));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static UUID id(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** Makes something of one row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    static <T> List<T> query(
            DataSource database, Mapper<T> mapper, String sql, Object... parameters)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof String[] texts) {
                    query.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    query.setObject(i + 1, parameters[i]);
                }
            }
            try (ResultSet rows = query.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(mapper.map(rows));
                }
                return all;
            }
        }
    }

    /** The last position, 0 of an empty log. */
    static long head(DataSource database, String ledgerId) throws SQLException {
        return end(database, ledgerId).position();
    }

    /** Where the log ends. */
    static Tail.Head end(DataSource database, String ledgerId) throws SQLException {
        List<Tail.Head> ends =
                query(
                        database,
                        row -> new Tail.Head(known(row, 0)),
                        "SELECT position, at, id FROM event WHERE ledger_id = ?"
                                + " ORDER BY position DESC LIMIT 1",
                        ledgerId);
        return ends.isEmpty() ? Tail.Head.OF_NOTHING : ends.getFirst();
    }
}
