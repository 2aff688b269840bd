package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.hashimo.api.LedgerApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as an operator meets it: a process, its output and its exit code. */
class LedgerApiStartTest {
    @TempDir Path folder;

    @Test
    void a_start_ends_in_one_line_with_the_address_and_a_stop_is_orderly() throws Exception {
        DataFolders.in(folder);
        try (OtherProcess ledger = start("--server.port=0")) {
            String ready = ledger.readUntil("is ready").getLast();
            assertThat(ready).matches("Hashi-Mo Ledger is ready: http://localhost:\\d+/");
            URI health =
                    URI.create(
                            ready.substring(ready.indexOf("http")) + "actuator/health/readiness");
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(health).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).contains("\"UP\"");
            }
            ledger.process().toHandle().destroy();
            assertThat(ledger.readAll()).isEmpty();
            assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void a_port_in_use_is_answered_with_one_sentence_and_nothing_is_left_running()
            throws Exception {
        DataFolders.in(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OtherProcess ledger = start("--server.port=" + taken.getLocalPort())) {
            assertRefused(ledger, "Port " + taken.getLocalPort() + " is already in use");
            assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void a_database_that_is_not_there_is_answered_with_one_sentence() throws Exception {
        try (OtherProcess ledger =
                start("--spring.datasource.url=jdbc:postgresql://localhost:1/ledger")) {
            assertRefused(ledger, "jdbc:postgresql://localhost:1/ledger cannot be reached");
        }
    }

    @Test
    void a_folder_of_another_postgresql_is_answered_with_one_sentence_that_says_what_to_do()
            throws Exception {
        Path postgres = Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(postgres.resolve("PG_VERSION"), "17\n");
        try (OtherProcess ledger = start("--server.port=0")) {
            assertRefused(
                    ledger,
                    "was written by PostgreSQL 17, and this build brings PostgreSQL 18: start the build that wrote it");
            assertThat(postgres).isDirectoryContaining("glob:**/PG_VERSION");
        }
    }

    private OtherProcess start(String argument) throws IOException {
        return OtherProcess.start(
                LedgerApi.class,
                "--spring.profiles.active=demo",
                "--ledger.data-dir=" + folder,
                argument);
    }

    private static void assertRefused(OtherProcess ledger, String reason) throws IOException {
        List<String> lines = ledger.readAll();
        assertThat(lines)
                .last()
                .asString()
                .startsWith("The ledger did not start.")
                .contains(reason);
        assertThat(lines)
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception:"));
        assertThat(ledger.process().onExit().join().exitValue()).isNotZero();
    }
}
