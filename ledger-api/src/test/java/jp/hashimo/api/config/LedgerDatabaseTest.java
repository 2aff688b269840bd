package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDatabaseTest {
    @TempDir static Path serverFolder;

    static EmbeddedPostgresServer server;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgresServer.start(DataFolders.in(serverFolder));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_service_works_as_a_role_that_cannot_make_tables() throws Exception {
        DatabaseLogin service = LedgerDatabase.at(database("town"), settings()).service();
        assertThat(service.user()).isEqualTo("town_service");
        assertThatThrownBy(() -> execute(service, "CREATE TABLE rewritten (points bigint)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for schema public");
        assertThatThrownBy(() -> execute(service, "CREATE SCHEMA elsewhere"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_second_start_finds_the_role_as_the_first_one_left_it() throws Exception {
        DatabaseLogin owner = database("again");
        DatabaseLogin first = LedgerDatabase.at(owner, settings()).service();
        assertThat(LedgerDatabase.at(owner, settings()).service()).isEqualTo(first);
    }

    @Test
    void a_database_with_an_unusual_name_gets_its_role_too() throws Exception {
        DatabaseLogin service = LedgerDatabase.at(database("Hashi-Mo \"橋\""), settings()).service();
        assertThat(service.user()).isEqualTo("Hashi-Mo \"橋\"_service");
        execute(service, "SELECT 1");
    }

    @Test
    void user_and_password_may_stand_in_the_url() throws Exception {
        DatabaseLogin owner = database("parameters");
        String url =
                owner.url()
                        + "?user="
                        + owner.user()
                        + "&password="
                        + owner.password()
                        + "&tcpKeepAlive=true";
        DatabaseLogin service =
                LedgerDatabase.at(DatabaseLogin.of(url, null, null), settings()).service();
        assertThat(service.user()).isEqualTo("parameters_service");
        assertThat(service.url()).isEqualTo(owner.url() + "?tcpKeepAlive=true");
        execute(service, "SELECT 1");
    }

    @Test
    void a_role_that_the_administrator_made_is_used_as_it_is() throws Exception {
        DatabaseLogin owner = database("administered");
        execute(owner, "CREATE ROLE till LOGIN PASSWORD 'of the administrator'");
        LedgerSettings named =
                new LedgerSettings(
                        folder, new LedgerSettings.Database("till", "of the administrator"));
        assertThat(LedgerDatabase.at(owner, named).service())
                .isEqualTo(owner.as("till", "of the administrator"));
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void a_ledger_with_a_new_key_takes_the_role_over_when_nobody_works_with_it() throws Exception {
        DatabaseLogin owner = database("moved");
        DatabaseLogin old = LedgerDatabase.at(owner, settings("old")).service();
        DatabaseLogin now = LedgerDatabase.at(owner, settings("new")).service();
        execute(now, "SELECT 1");
        assertThatThrownBy(old::open).hasMessageContaining("password authentication failed");
    }

    @Test
    void a_ledger_with_another_key_does_not_lock_out_the_one_that_works() throws Exception {
        DatabaseLogin owner = database("shared");
        DatabaseLogin first = LedgerDatabase.at(owner, settings("first")).service();
        try (Connection working = first.open()) {
            assertThatThrownBy(() -> LedgerDatabase.at(owner, settings("second")))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(
                            "Another ledger works on the database \"shared\" with another key");
            assertThat(working.isValid(1)).isTrue();
        }
        execute(first, "SELECT 1");
    }

    @Test
    void an_owner_who_may_not_make_roles_is_told_what_to_ask_for() throws Exception {
        DatabaseLogin owner = database("modest");
        execute(owner, "CREATE ROLE modest LOGIN PASSWORD 'secret'");
        assertThatThrownBy(() -> LedgerDatabase.at(owner.as("modest", "secret"), settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("\"modest\" may not make the role \"modest_service\"")
                .hasMessageContaining("--ledger.database.service-user");
    }

    @Test
    void a_schema_of_a_newer_build_is_refused() throws Exception {
        DatabaseLogin owner = database("future");
        LedgerDatabase.at(owner, settings()).close();
        execute(
                owner,
                "INSERT INTO flyway_schema_history SELECT coalesce(max(installed_rank), 0) + 1, '999', 'from the future',"
                        + " 'SQL', 'V999__from_the_future.sql', 1, 'postgres', now(), 1, true FROM flyway_schema_history");
        assertThatThrownBy(() -> LedgerDatabase.at(owner, settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("newer build (version 999");
    }

    @Test
    void a_database_that_confirms_before_it_has_written_is_refused() throws Exception {
        DatabaseLogin owner = database("hasty");
        LedgerDatabase.at(owner, settings()).close();
        execute(owner, "ALTER ROLE hasty_service SET synchronous_commit = off");
        assertThatThrownBy(() -> LedgerDatabase.at(owner, settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("synchronous_commit off");
    }

    @Test
    void a_wrong_password_is_said_to_be_one_and_not_repeated() throws Exception {
        DatabaseLogin owner = database("locked").as("postgres", "guess-what");
        assertThatThrownBy(() -> LedgerDatabase.at(owner, settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not accept the user \"postgres\"")
                .hasMessageNotContaining("guess-what");
    }

    @Test
    void a_database_that_does_not_exist_is_said_to_be_missing() {
        DatabaseLogin missing = server.owner().at(server.owner().url() + "_of_nobody");
        assertThatThrownBy(() -> LedgerDatabase.at(missing, settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no such database");
    }

    @Test
    void an_address_of_another_kind_of_database_is_refused() {
        DatabaseLogin other =
                DatabaseLogin.of("jdbc:h2:mem:town?password=hidden", "city", "secret");
        assertThatThrownBy(() -> LedgerDatabase.at(other, settings()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("jdbc:h2:mem:town is not one")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void a_server_that_never_answers_is_given_up_within_ten_seconds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://localhost:%d/ledger".formatted(silent.getLocalPort());
            Instant before = Instant.now();
            assertThatThrownBy(() ->
                            LedgerDatabase.at(DatabaseLogin.of(url, "city", "secret"), settings()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("cannot be reached");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    private LedgerSettings settings() {
        return settings("data");
    }

    private LedgerSettings settings(String name) {
        return new LedgerSettings(folder.resolve(name), new LedgerSettings.Database(null, null));
    }

    /** A new database on the shared server, as its owner sees it. */
    private static DatabaseLogin database(String name) throws SQLException {
        execute(server.owner(), "CREATE DATABASE \"" + name.replace("\"", "\"\"") + '"');
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return server.owner()
                .at(
                        server.owner()
                                .url()
                                .replaceFirst("/ledger$", "/" + encoded.replace("+", "%20")));
    }

    private static void execute(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = login.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
