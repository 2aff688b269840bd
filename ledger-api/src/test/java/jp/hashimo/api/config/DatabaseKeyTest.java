package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseKeyTest {
    @TempDir Path keys;

    @Test
    void each_login_has_a_password_of_its_own_that_every_start_finds_again() {
        assertThat(DatabaseKey.isIn(keys.resolve("k"))).isFalse();
        String owner = DatabaseKey.in(keys.resolve("k")).passwordFor("owner");
        assertThat(DatabaseKey.isIn(keys.resolve("k"))).isTrue();
        assertThat(owner)
                .matches("[0-9a-f]{64}")
                .isEqualTo(DatabaseKey.in(keys.resolve("k")).passwordFor("owner"))
                .isNotEqualTo(DatabaseKey.in(keys.resolve("k")).passwordFor("service"));
    }
}
