package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
    @Test
    void nothing_is_compared_on_a_server_that_may_lose_what_it_confirmed() {
        assertThatThrownBy(() ->
                        Cluster.requireDurable(
                                Map.of(
                                        "fsync", "off",
                                        "synchronous_commit", "on",
                                        "full_page_writes", "off")))
                .hasMessageContaining("fsync, full_page_writes");
    }

    @Test
    void nor_where_a_database_or_a_role_has_its_own_rule_about_that(@TempDir Path folder)
            throws Exception {
        try (Cluster cluster = Cluster.start(folder)) {
            cluster.execute(
                    "postgres",
                    "ALTER DATABASE postgres SET work_mem = '8MB'",
                    "CREATE ROLE hasty");
            assertThatCode(cluster::requireDurable).doesNotThrowAnyException();

            cluster.execute("postgres", "ALTER ROLE hasty SET synchronous_commit = off");
            assertThatThrownBy(cluster::requireDurable)
                    .hasMessageContaining("own synchronous_commit");
        }
    }

    @Test
    void a_durable_server_will_do() {
        assertThatCode(() ->
                        Cluster.requireDurable(
                                Map.of(
                                        "fsync", "on",
                                        "synchronous_commit", "on",
                                        "full_page_writes", "on")))
                .doesNotThrowAnyException();
    }
}
