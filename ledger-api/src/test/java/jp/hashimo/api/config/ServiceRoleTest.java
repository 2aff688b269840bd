package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServiceRoleTest {
    @Test
    void the_role_is_named_after_its_database() {
        assertThat(ServiceRole.nameFor("ledger")).isEqualTo("ledger_service");
    }

    @Test
    void long_names_stay_within_63_bytes_and_apart() {
        String one = ServiceRole.nameFor("橋".repeat(20) + "1");
        String other = ServiceRole.nameFor("橋".repeat(20) + "2");
        assertThat(one)
                .isNotEqualTo(other)
                .startsWith("橋橋")
                .endsWith("_service")
                .doesNotContain("�");
        assertThat(one.getBytes(StandardCharsets.UTF_8).length).isBetween(55, 63);
        assertThat(ServiceRole.nameFor("x".repeat(55))).isEqualTo("x".repeat(55) + "_service");
        assertThat(ServiceRole.nameFor("x".repeat(56))).hasSize(63);
    }

    @Test
    void a_name_that_sql_would_misread_is_quoted() {
        assertThat(ServiceRole.identifier("ledger_service")).isEqualTo("ledger_service");
        assertThat(ServiceRole.identifier("My-Town_service")).isEqualTo("\"My-Town_service\"");
        assertThat(ServiceRole.identifier("a\"; DROP ROLE b; --"))
                .isEqualTo("\"a\"\"; DROP ROLE b; --\"");
    }
}
