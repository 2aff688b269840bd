package jp.hashimo.ledger.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The database of an earlier build, kept as text in {@code src/test/recorded}: its log, what it
 * showed of it, and the figures that must follow from it for ever. One folder per recording; what
 * is in it is never edited.
 *
 * <p>A table is a file in PostgreSQL's own text form of {@code COPY}. Payloads are written as the
 * UTF-8 they are, so that people can read them.
 */
public record RecordedLog(Path folder) {
    private static final Path RECORDED = Path.of("src", "test", "recorded");

    /** What the facts are and what finds them. */
    private static final List<String> LOG = List.of("event", "event_tag", "ledger_clock");

    private static final String EVENT =
            "SELECT position, at, id, ledger_id, type, version, tags, metadata,"
                    + " convert_from(payload, 'UTF8') AS payload FROM event";

    /** How much of the earlier database is there. */
    public enum Part {
        /** The log alone: everything shown is made anew. */
        LOG,

        /** All tables as they were: what was shown goes on from where it stood. */
        EVERYTHING
    }

    public static Stream<RecordedLog> all() {
        try (Stream<Path> entries = Files.list(RECORDED)) {
            return entries
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(RecordedLog::new)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a recording of this name belongs. */
    public static Path folderFor(String name) {
        return RECORDED.resolve(name);
    }

    /** The last migration of the build that wrote it. */
    public String schema() {
        return text("schema.txt").strip();
    }

    /** What a file of the recording says. */
    public String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The figures of a database whose projections show all of its log, as text. */
    public static String figuresOf(TestDatabase database) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(Files.readString(RECORDED.resolve("figures.sql")))) {
            var lines = new StringBuilder();
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
            return lines.toString();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the figures cannot be read", e);
        }
    }

    /** The rows of the log without their tags, as they stand in a database, as text. */
    public static List<String> factsOf(TestDatabase database) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT concat_ws(E'\\t', position, at, id, ledger_id, type, version,"
                                        + " metadata, payload) FROM ("
                                        + EVENT
                                        + ") e ORDER BY position")) {
            var facts = new ArrayList<String>();
            while (rows.next()) {
                facts.add(rows.getString(1));
            }
            return facts;
        } catch (SQLException e) {
            throw new IllegalStateException("the log cannot be read", e);
        }
    }

    /** Writes a recording into a folder that must not be there yet. */
    public static RecordedLog write(Path folder, TestDatabase database, String schema) {
        try (Connection connection = connect(database)) {
            Files.createDirectory(folder);
            Files.createDirectory(folder.resolve("log"));
            Files.createDirectory(folder.resolve("shown"));
            Files.writeString(folder.resolve("schema.txt"), schema + "\n");
            Files.writeString(folder.resolve("figures.txt"), figuresOf(database));
            for (String table : tables(connection)) {
                Path file =
                        folder.resolve(LOG.contains(table) ? "log" : "shown")
                                .resolve(table + ".tsv");
                try (OutputStream out = Files.newOutputStream(file)) {
                    copies(connection)
                            .copyOut("COPY (" + rowsOf(table) + ") TO STDOUT (HEADER)", out);
                }
            }
            return new RecordedLog(folder);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the log cannot be recorded", e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT table_name FROM information_schema.tables"
                                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
                                        + " AND table_name <> 'flyway_schema_history'")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static String rowsOf(String table) {
        return switch (table) {
            case "event" -> EVENT + " ORDER BY position";
            case "event_tag" -> "SELECT * FROM event_tag ORDER BY position, tag";
            default -> "SELECT t.* FROM " + table + " t ORDER BY t::text COLLATE \"C\"";
        };
    }

    /** Fills the tables of an empty database that has this recording's schema. */
    public void putInto(TestDatabase database, Part part) {
        try (Connection connection = connect(database)) {
            for (Path file : files("log")) {
                fill(connection, file);
            }
            if (part == Part.EVERYTHING) {
                for (Path file : files("shown")) {
                    fill(connection, file);
                }
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(folder + " cannot be loaded", e);
        }
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.sorted().toList();
        }
    }

    private static void fill(Connection connection, Path file) throws SQLException, IOException {
        String table = String.valueOf(file.getFileName()).replace(".tsv", "");
        if (!table.equals("event")) {
            copyIn(connection, table, file);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE recorded AS " + EVENT + " WHERE false");
            copyIn(connection, "recorded", file);
            statement.execute(
                    "INSERT INTO event (position, at, id, ledger_id, type, version, tags, metadata,"
                            + " payload) SELECT position, at, id, ledger_id, type, version, tags,"
                            + " metadata, convert_to(payload, 'UTF8') FROM recorded");
        }
    }

    private static void copyIn(Connection connection, String table, Path file)
            throws SQLException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            copies(connection).copyIn("COPY " + table + " FROM STDIN (HEADER MATCH)", in);
        }
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** As the owner, with instants in UTC whatever the machine's own time is. */
    private static Connection connect(TestDatabase database) throws SQLException {
        Connection connection = database.owner().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            return connection;
        }
    }

    @Override
    public String toString() {
        return String.valueOf(folder.getFileName());
    }
}
