package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    @TempDir Path folder;

    @Test
    void what_was_confirmed_is_there_after_a_stop_and_a_start() throws Exception {
        try (EmbeddedPostgresServer server = start()) {
            execute(server, "CREATE TABLE confirmed (points bigint)");
            execute(server, "INSERT INTO confirmed VALUES (700)");
        }
        try (EmbeddedPostgresServer server = start()) {
            assertThat(one(server, "SELECT points FROM confirmed")).isEqualTo("700");
        }
    }

    @Test
    void what_was_confirmed_is_there_within_seconds_after_the_ledger_was_killed() throws Exception {
        try (OtherProcess killed = OtherProcess.start(LedgerElsewhere.class, folder.toString())) {
            assertThat(killed.readUntil("confirmed")).last().isEqualTo("confirmed");
            killed.kill();
        }
        Instant before = Instant.now();
        try (EmbeddedPostgresServer server = start()) {
            assertThat(one(server, "SELECT points FROM confirmed")).isEqualTo("700");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void an_answer_to_a_customer_survives_a_power_cut() throws Exception {
        try (EmbeddedPostgresServer server = start()) {
            assertThat(one(server, "SHOW fsync")).isEqualTo("on");
            assertThat(one(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(one(server, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void nobody_enters_without_a_password() throws Exception {
        try (EmbeddedPostgresServer server = start()) {
            DatabaseLogin guess = server.owner().as("postgres", "postgres");
            assertThatThrownBy(guess::open)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void the_binaries_are_of_the_version_that_folders_are_compared_with() throws Exception {
        start().close();
        assertThat(folder.resolve("postgres/PG_VERSION"))
                .hasContent(Integer.toString(EmbeddedPostgresServer.MAJOR));
    }

    @Test
    void a_folder_of_another_major_version_is_refused_untouched() throws Exception {
        Path version = Files.createDirectories(folder.resolve("postgres")).resolve("PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("PostgreSQL 18");
        assertThat(folder.resolve("postgres")).isDirectoryContaining("glob:**/PG_VERSION");
    }

    @Test
    void a_folder_that_another_process_uses_is_refused_with_its_number() throws Exception {
        try (OtherProcess other = OtherProcess.start(LedgerElsewhere.class, folder.toString())) {
            other.readUntil("confirmed");
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(
                            "in use by another ledger (process " + other.process().pid() + ")");
            other.kill();
        }
        start().close();
    }

    @Test
    void a_number_in_the_folder_that_now_belongs_to_another_process_is_left_alone()
            throws Exception {
        start().close();
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        Files.writeString(
                pidFile, ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n");
        try (EmbeddedPostgresServer server = start()) {
            assertThat(one(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_first_start_that_was_broken_off_is_begun_again() throws Exception {
        Path half = Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");
        Files.createFile(folder.resolve("postgres.unfinished"));
        try (EmbeddedPostgresServer server = start()) {
            assertThat(one(server, "SELECT 1")).isEqualTo("1");
            assertThat(folder.resolve("postgres.unfinished")).doesNotExist();
        }
    }

    @Test
    void without_its_key_the_database_is_not_replaced_but_the_key_is_asked_for() throws Exception {
        start().close();
        Files.delete(folder.resolve("keys/secret-database.key"));
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("restore")
                .hasMessageContaining("keys/secret-database.key");
        assertThat(folder.resolve("keys/secret-database.key")).doesNotExist();
    }

    private EmbeddedPostgresServer start() throws Exception {
        return EmbeddedPostgresServer.start(DataFolders.in(folder));
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.owner().open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(EmbeddedPostgresServer server, String query) throws SQLException {
        try (Connection connection = server.owner().open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
