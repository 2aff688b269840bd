package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir Path data;

    private Secrets open() {
        return Secrets.open(data.resolve("keys"));
    }

    @Test
    void each_purpose_has_32_bytes_of_its_own() {
        Secrets secrets = open();

        assertThat(secrets.secret("requests")).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(secrets.secret("vault")).hasSize(32).isNotEqualTo(secrets.secret("requests"));
    }

    @Test
    void a_secret_is_the_same_at_the_next_start() {
        assertThat(open().secret("webhook")).isEqualTo(open().secret("webhook"));
    }

    @Test
    void a_caller_who_wipes_his_copy_harms_nobody() {
        Secrets secrets = open();
        byte[] first = secrets.secret("vault").clone();

        Arrays.fill(secrets.secret("vault"), (byte) 0);

        assertThat(secrets.secret("vault")).isEqualTo(first);
    }

    @Test
    void only_the_service_can_read_a_secret() throws IOException {
        open().secret("vault");
        Path file = data.resolve("keys").resolve("secret-vault.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(() -> open().secret("vault"))
                .withMessageContaining("secret-vault.key is open to others (rw-r-----)");
    }

    @Test
    void a_secret_cut_short_is_refused() throws IOException {
        open().secret("vault");
        Files.write(data.resolve("keys").resolve("secret-vault.key"), new byte[31]);

        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(() -> open().secret("vault"))
                .withMessageContaining("secret-vault.key does not hold 32 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../vault", "Vault", "a/b", ".hidden", "a b"})
    void a_purpose_cannot_name_a_file_elsewhere(String purpose) {
        assertThatIllegalArgumentException().isThrownBy(() -> open().secret(purpose));
    }
}
