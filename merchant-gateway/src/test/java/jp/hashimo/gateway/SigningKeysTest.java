package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-23T03:00:00Z");
    private static final byte[] MESSAGE = "橋本市の店".getBytes(StandardCharsets.UTF_8);

    @TempDir Path data;

    private Instant now = NOON;

    private SigningKeys start() {
        return SigningKeys.open(data.resolve("keys"), () -> now);
    }

    private Path keyFile(String name) {
        return data.resolve("keys").resolve(name);
    }

    @Test
    void the_first_start_makes_one_key_that_only_the_service_can_read() throws IOException {
        SigningKeys keys = start();

        assertThat(keys.published()).hasSize(1);
        assertThat(keys.current().kid()).isEqualTo(1);
        assertThat(permissions(data.resolve("keys"))).isEqualTo("rwx------");
        assertThat(permissions(keyFile("signing-001.key"))).isEqualTo("rw-------");
    }

    @Test
    void a_start_leaves_no_draft_of_a_key_behind() throws IOException {
        start();

        try (Stream<Path> files = Files.list(data.resolve("keys"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly("signing-001.key");
        }
    }

    @Test
    void the_next_start_finds_the_same_key() {
        assertThat(start().published()).isEqualTo(start().published());
    }

    @Test
    void a_folder_that_others_can_read_is_refused_in_one_sentence() throws IOException {
        start();
        Files.setPosixFilePermissions(
                data.resolve("keys"), PosixFilePermissions.fromString("rwxr-x---"));

        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(this::start)
                .withMessage(
                        "%1$s is open to others (rwxr-x---); take it back with \"chmod go= %1$s\" and start again.",
                        data.resolve("keys").toAbsolutePath());
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws IOException {
        start();
        Files.setPosixFilePermissions(
                keyFile("signing-001.key"), PosixFilePermissions.fromString("rw----r--"));

        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(this::start)
                .withMessageContaining("signing-001.key is open to others (rw----r--)");
    }

    @Test
    void a_damaged_key_is_refused_and_its_content_is_not_told() throws IOException {
        start();
        String content = Files.readString(keyFile("signing-001.key"));
        Files.writeString(keyFile("signing-001.key"), content.substring(0, content.length() - 5));

        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(this::start)
                .withMessageContaining("signing-001.key is not a signing key")
                .satisfies(refused ->
                        assertThat(refused.getMessage())
                                .doesNotContain(content.substring(content.length() - 20)));
    }

    @Test
    void a_key_prints_without_its_private_half() throws IOException {
        SigningKey key = start().current();

        String seed = Files.readString(keyFile("signing-001.key")).strip();
        assertThat(key.toString()).doesNotContain(seed.substring(seed.length() - 43));
    }

    @Test
    void what_the_current_key_signs_anyone_can_verify_with_the_published_half() {
        SigningKeys keys = start();
        byte[] signature = keys.current().sign(MESSAGE);

        byte[] x = Base64.getUrlDecoder().decode(keys.published().getFirst().x());
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(x));
        verifier.update(MESSAGE, 0, MESSAGE.length);
        assertThat(verifier.verifySignature(signature)).isTrue();
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void signatures_are_those_of_the_standard() {
        HexFormat hex = HexFormat.of();
        SigningKey key =
                new SigningKey(
                        1,
                        NOON,
                        NOON,
                        hex.parseHex(
                                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

        assertThat(hex.formatHex(Base64.getUrlDecoder().decode(key.published().x())))
                .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assertThat(hex.formatHex(key.sign(new byte[] {0x72})))
                .isEqualTo(
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void a_key_prepared_ahead_is_published_at_once_and_signs_from_its_first_instant() {
        SigningKeys keys = start();
        Instant change = NOON.plusSeconds(3600);

        PublishedKey next = keys.prepareNext(change);

        assertThat(keys.published()).extracting(PublishedKey::kid).containsExactly(1, 2);
        assertThat(next.validFrom()).isEqualTo(change);
        now = change.minusNanos(1);
        assertThat(keys.current().kid()).isEqualTo(1);
        now = change;
        assertThat(keys.current().kid()).isEqualTo(2);
    }

    @Test
    void what_the_first_key_signed_stays_good_when_the_second_signs() {
        SigningKeys keys = start();
        byte[] signature = keys.current().sign(MESSAGE);
        keys.prepareNext(NOON);

        assertThat(keys.current().kid()).isEqualTo(2);
        assertThat(keys.key(1)).hasValueSatisfying(verifies(signature));
        assertThat(start().key(1)).hasValueSatisfying(verifies(signature));
    }

    @Test
    void a_key_does_not_sign_at_the_instant_its_period_ends_and_the_next_one_is_made() {
        SigningKeys keys = start();
        byte[] signature = keys.current().sign(MESSAGE);
        Instant end = keys.published().getFirst().validUntil();

        now = end.minusNanos(1);
        assertThat(keys.current().kid()).isEqualTo(1);
        now = end;
        assertThat(keys.current().kid()).isEqualTo(2);
        assertThat(keys.key(1)).hasValueSatisfying(verifies(signature));
    }

    @Test
    void a_key_that_another_node_made_is_found_at_its_first_use() {
        SigningKeys here = start();
        SigningKeys there = start();
        there.prepareNext(NOON);
        byte[] signature = there.current().sign(MESSAGE);

        assertThat(here.key(2)).hasValueSatisfying(verifies(signature));
        assertThat(here.published()).isEqualTo(there.published());
    }

    @Test
    void a_number_without_a_key_is_unknown() {
        SigningKeys keys = start();

        assertThat(List.of(keys.key(0), keys.key(2), keys.key(255), keys.key(256), keys.key(-1)))
                .allSatisfy(key -> assertThat(key).isEmpty());
    }

    @Test
    void a_withdrawn_key_is_unknown_and_its_number_is_not_given_again() throws IOException {
        start();
        Files.move(keyFile("signing-001.key"), keyFile("signing-001.withdrawn"));

        SigningKeys keys = start();

        assertThat(keys.key(1)).isEmpty();
        assertThat(keys.current().kid()).isEqualTo(2);
    }

    @Test
    void a_node_whose_clock_lags_does_not_make_a_key_of_its_own() {
        start();
        now = NOON.minusSeconds(3600);

        assertThat(start().published()).hasSize(1);
    }

    @Test
    void many_starts_at_once_on_one_folder_agree() throws Exception {
        int nodes = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            for (int round = 0; round < 40; round++) {
                Path folder = data.resolve("keys-" + round);
                CyclicBarrier together = new CyclicBarrier(nodes);
                List<Future<String>> starts = new ArrayList<>();
                for (int node = 0; node < nodes; node++) {
                    starts.add(
                            threads.submit(() -> {
                                together.await();
                                return KeyStart.on(folder, NOON);
                            }));
                }
                Set<String> found = new HashSet<>();
                for (Future<String> start : starts) {
                    found.add(start.get());
                }
                assertThat(found).hasSize(1);
            }
        }
    }

    @Test
    void two_processes_that_start_at_once_on_one_folder_agree() throws Exception {
        Process one = startProcess();
        Process other = startProcess();

        String foundByOne = output(one);
        assertThat(foundByOne).startsWith("[PublishedKey[kid=1");
        assertThat(output(other)).isEqualTo(foundByOne);
    }

    private Process startProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeyStart.class.getName(),
                        data.resolve("keys").toString(),
                        NOON.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static Consumer<SigningKey> verifies(byte[] signature) {
        return key -> assertThat(key.verifies(MESSAGE, signature)).isTrue();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
