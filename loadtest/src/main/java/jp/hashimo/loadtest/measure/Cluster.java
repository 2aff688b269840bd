package jp.hashimo.loadtest.measure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hashimo.loadtest.Postmaster;

/** The one PostgreSQL that all contestants work on: durable, and the same for everybody. */
public final class Cluster implements AutoCloseable {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "fsync", "on",
                    "synchronous_commit", "on",
                    "full_page_writes", "on",
                    "shared_buffers", "1GB",
                    "max_wal_size", "8GB",
                    "min_wal_size", "2GB",
                    "checkpoint_timeout", "15min",
                    "max_connections", "200");
    private static final List<String> DURABLE =
            List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final String OVERRIDES =
            "SELECT split_part(override, '=', 1) FROM pg_db_role_setting, unnest(setconfig) override ORDER BY 1";
    private static final String SHOWN =
            "SELECT name, current_setting(name) FROM pg_settings WHERE name IN ('server_version', 'fsync', 'synchronous_commit',"
                    + " 'full_page_writes', 'wal_sync_method', 'wal_compression', 'shared_buffers', 'max_wal_size',"
                    + " 'checkpoint_timeout', 'data_checksums', 'autovacuum') ORDER BY name";

    private final EmbeddedPostgres server;
    private final Path data;

    private Cluster(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Makes a new one in a folder, which has to be on the disk that is to be measured. */
    public static Cluster start(Path folder) throws IOException {
        Path data = folder.resolve("postgres").toAbsolutePath();
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile());
        SETTINGS.forEach(builder::setServerConfig);
        return new Cluster(builder.start(), data);
    }

    public int port() {
        return server.getPort();
    }

    /** Its first process, from which its CPU time is read. */
    public ProcessHandle postmaster() {
        return new Postmaster(data)
                .find()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL has ended"));
    }

    /** With the superuser's login in it, who needs no password. */
    public String url(String database) {
        return bareUrl(database) + "?user=postgres";
    }

    /** For those who log in as somebody. */
    public String bareUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    /** Makes an empty database; one of that name that is there already is dropped. */
    public void create(String database) throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        execute("postgres", "CREATE DATABASE " + database);
    }

    /** Runs statements one after the other in autocommit, so that a DO block may commit. */
    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first number of the first row. */
    public long ask(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** So that no row pays for the pages that the one before it left unwritten. */
    void checkpoint() throws SQLException {
        execute("postgres", "CHECKPOINT");
    }

    /** The settings a figure depends on, as the server itself tells them. */
    public Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SHOWN)) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return settings;
    }

    /**
     * Numbers of a server that may lose what it confirmed cannot be compared with anything, nor can
     * those of one where a database or a role has a rule of its own about that.
     */
    public void requireDurable() throws SQLException {
        requireDurable(settings());
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OVERRIDES)) {
            while (row.next()) {
                if (DURABLE.contains(row.getString(1))) {
                    throw new IllegalStateException(
                            "Nothing is compared while a database or a role has its own "
                                    + row.getString(1));
                }
            }
        }
    }

    static void requireDurable(Map<String, String> settings) {
        String off =
                DURABLE.stream()
                        .filter(name -> !"on".equals(settings.get(name)))
                        .collect(Collectors.joining(", "));
        if (!off.isEmpty()) {
            throw new IllegalStateException("Nothing is compared while this is not on: " + off);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
