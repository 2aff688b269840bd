package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
