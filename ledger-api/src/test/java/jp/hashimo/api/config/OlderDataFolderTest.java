package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import jp.hashimo.api.LedgerApi;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.readmodel.Projections;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A city updates by starting the new build on its data folder. The folders are made of the recorded
 * logs in {@code ledger-core/src/test/recorded}.
 */
class OlderDataFolderTest {
    private static final Path RECORDED = Path.of("..", "ledger-core", "src", "test", "recorded");
    private static final String FACT = "position, at, id, ledger_id, type, version, tags, metadata";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> entries = Files.list(RECORDED)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void a_start_on_the_folder_of_an_earlier_build_migrates_it_and_shows_the_same_books(
            Path recording) throws Exception {
        leaveBehind(recording);

        try (ConfigurableApplicationContext service = start()) {
            long head = service.getBean(EventLog.class).head();

            assertThat(service.getBean(Projections.class).awaitAll(head, PATIENCE)).isTrue();
            assertThat(figures(service.getBean(DataSource.class)))
                    .isEqualTo(text(recording, "figures.txt"));
        }
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                LedgerApi.class, "--server.port=0", "--ledger.data-dir=" + folder);
    }

    /** Makes the data folder as the earlier build left it when it stopped. */
    private void leaveBehind(Path recording) throws Exception {
        LedgerSettings settings = DataFolders.in(folder);
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(settings);
                Connection connection = server.owner().open()) {
            DatabaseKey key = DatabaseKey.in(settings.keys());
            DatabaseLogin service = ServiceRole.ensure(connection, server.owner(), key);
            migrate(server.owner(), service.user(), text(recording, "schema.txt").strip());
            utc(connection);
            for (String part : new String[] {"log", "shown"}) {
                for (Path file : files(recording.resolve(part))) {
                    fill(connection, file);
                }
            }
        }
    }

    private static void migrate(DatabaseLogin owner, String serviceRole, String schema) {
        Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .locations("classpath:db/migration")
                .placeholders(Map.of("serviceRole", ServiceRole.identifier(serviceRole)))
                .target(schema)
                .load()
                .migrate();
    }

    /** A payload stands in the file as text. */
    private static void fill(Connection connection, Path file) throws SQLException, IOException {
        String table = String.valueOf(file.getFileName()).replace(".tsv", "");
        if (!table.equals("event")) {
            copy(connection, table, file);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE recorded AS SELECT " + FACT + ", '' AS payload FROM event");
            copy(connection, "recorded", file);
            statement.execute(
                    "INSERT INTO event (%1$s, payload) SELECT %1$s, convert_to(payload, 'UTF8') FROM recorded"
                            .formatted(FACT));
        }
    }

    private static void copy(Connection connection, String table, Path file)
            throws SQLException, IOException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        try (InputStream rows = Files.newInputStream(file)) {
            copies.copyIn("COPY " + table + " FROM STDIN (HEADER MATCH)", rows);
        }
    }

    private static String figures(DataSource database) throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            utc(connection);
            var lines = new StringBuilder();
            try (ResultSet rows = statement.executeQuery(text(RECORDED, "figures.sql"))) {
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
            }
            // The pool gets its session back as it was.
            connection.rollback();
            return lines.toString();
        }
    }

    /** Instants are written in UTC, whatever the machine's own time is. */
    private static void utc(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
    }

    private static List<Path> files(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.sorted().toList();
        }
    }

    private static String text(Path recording, String file) throws IOException {
        return Files.readString(recording.resolve(file));
    }
}
