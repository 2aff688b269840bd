package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we carry of others is byte for byte what they published. */
class VendoredFilesTest {

    /** From the package qr 0.7.0 of the npm registry, by Paul Miller, MIT or Apache-2.0. */
    @ParameterizedTest
    @CsvSource({
        "decode.js, 00e209820dcb11d624e9a03d6383e580766792b57d1651318f0a29e4e1ff0fe8",
        "index.js, a0de370051f94bd74f218f74401fdf197585e3f9ef0143164f87ea941a3fdd6f",
        "LICENSE, f9946796a8a5bd5981565142fa42e3b0cc36aef6f80e86beaf5905b3c0fef1b5",
        "LICENSE-MIT, 07a9f887e9215644439b808628b09f8eece932d79130ff563f958f3a1783e684"
    })
    void a_vendored_file_is_as_it_was_published(String file, String sha256)
            throws IOException, NoSuchAlgorithmException {
        try (InputStream in =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/static/vendor/qr-0.7.0/" + file))) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());

            assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
        }
    }
}
