package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir Path data;

    @Test
    void a_key_is_made_once_and_only_its_owner_can_read_it() throws Exception {
        Path keys = data.resolve("keys");
        String password = KeyFile.in(keys, "door").passwordFor("owner");
        assertThat(password)
                .matches("[0-9a-f]{64}")
                .isEqualTo(KeyFile.in(keys, "door").passwordFor("owner"));
        assertThat(password).isNotEqualTo(KeyFile.in(keys, "door").passwordFor("service"));
        assertThat(Files.getPosixFilePermissions(keys))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(keys.resolve("door")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files).containsExactly(keys.resolve("door"));
        }
    }

    @Test
    void whoever_makes_it_at_once_ends_with_the_same_key() throws Exception {
        Callable<String> open = () -> KeyFile.in(data.resolve("keys"), "door").passwordFor("owner");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> passwords = threads.invokeAll(Collections.nCopies(8, open));
            assertThat(passwords).extracting(Future::resultNow).containsOnly(open.call());
        }
    }

    @Test
    void a_damaged_key_is_not_replaced() throws Exception {
        KeyFile.in(data, "door");
        Files.write(data.resolve("door"), new byte[31]);
        assertThatThrownBy(() -> KeyFile.in(data, "door"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("restore it");
    }
}
