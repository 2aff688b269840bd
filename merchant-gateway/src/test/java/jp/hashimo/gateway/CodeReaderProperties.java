package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.hashimo.gateway.ScannedCode.CustomerToken;
import jp.hashimo.gateway.ScannedCode.SignedStoreCode;
import jp.hashimo.gateway.ScannedCode.Unreadable;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

class CodeReaderProperties {
    private static @Nullable Path data;
    private static @Nullable Town opened;

    @BeforeContainer
    static void open() throws IOException {
        Path folder = Files.createTempDirectory("codes");
        data = folder;
        opened = new Town(folder.resolve("keys"));
    }

    @AfterContainer
    static void remove() throws IOException {
        if (data != null) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Town town() {
        if (opened == null) {
            throw new IllegalStateException("not opened");
        }
        return opened;
    }

    @Property(tries = 200)
    void a_signed_store_code_is_read_back(
            @ForAll("uuids") UUID merchant,
            @ForAll("uuids") UUID register,
            @ForAll boolean ofTill) {
        MerchantId merchantId = new MerchantId(merchant);
        RegisterId registerId = ofTill ? new RegisterId(register) : null;

        StoreCode code = town().stores.issue(merchantId, registerId, Town.NUMBER, "x");

        assertThat(town().reader.read(code.url()))
                .isEqualTo(new SignedStoreCode(merchantId, registerId, 1));
        assertThat(town().reader.read(code.emv()))
                .isEqualTo(new ScannedCode.EmvStoreCode(Town.NUMBER, registerId));
    }

    @Property
    void a_customer_code_is_read_back(
            @ForAll("uuids") UUID wallet,
            @ForAll("uuids") UUID nonce,
            @ForAll @LongRange(max = 253_402_300_799_999L) long end) {
        Instant validUntil = Instant.ofEpochMilli(end);
        CustomerCode code = town().customers.issue(new WalletId(wallet), validUntil, nonce);

        assertThat(town().reader.read(code.code()))
                .isEqualTo(new CustomerToken(new WalletId(wallet), validUntil, nonce));
    }

    @Property(tries = 2000)
    void one_changed_character_anywhere_in_a_code_is_refused(
            @ForAll("codes") String code,
            @ForAll @IntRange(max = 1000) int place,
            @ForAll("anyCharacter") char other) {
        int at = place % code.length();
        Assume.that(code.charAt(at) != other);
        StringBuilder changed = new StringBuilder(code);
        changed.setCharAt(at, other);

        assertThat(town().reader.read(changed.toString())).isInstanceOf(Unreadable.class);
    }

    @Property(tries = 2000)
    void one_changed_bit_anywhere_in_the_signed_bytes_is_refused(
            @ForAll("signedCodes") String code, @ForAll @IntRange(max = 1000) int place) {
        int start = code.startsWith("HM1.") ? 4 : code.indexOf("/s/") + 3;
        byte[] bytes = Base64.getUrlDecoder().decode(code.substring(start));
        int bit = place % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));

        assertThat(town().reader.read(code.substring(0, start) + Base64Url.encode(bytes)))
                .isInstanceOf(Unreadable.class);
    }

    @Property(tries = 500)
    void a_code_cut_short_or_grown_is_refused(
            @ForAll("codes") String code,
            @ForAll @IntRange(min = 1, max = 200) int cut,
            @ForAll("anyCharacter") char more) {
        Assume.that(!Character.isWhitespace(more));

        assertThat(town().reader.read(code.substring(0, Math.max(0, code.length() - cut))))
                .isInstanceOf(Unreadable.class);
        assertThat(town().reader.read(code + more)).isInstanceOf(Unreadable.class);
    }

    @Property(tries = 2000)
    void any_text_has_an_answer(@ForAll("beginnings") String beginning, @ForAll String text) {
        assertThat(town().reader.read(beginning + text)).isInstanceOf(Unreadable.class);
    }

    @Property
    void any_typed_text_has_an_answer(@ForAll("typed") String text) {
        assertThat(town().reader.read(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of(
                town().bakery().url(),
                town().bakeryTill().url(),
                town().bakery().emv(),
                town().bakeryTill().emv(),
                town().resident().code());
    }

    @Provide
    Arbitrary<String> signedCodes() {
        return Arbitraries.of(
                town().bakery().url(), town().bakeryTill().url(), town().resident().code());
    }

    @Provide
    Arbitrary<Character> anyCharacter() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('0', 'z'),
                Arbitraries.chars().ascii(),
                Arbitraries.chars());
    }

    @Provide
    Arbitrary<String> beginnings() {
        return Arbitraries.of(
                List.of(
                        "x",
                        "HM1.",
                        "HM2.",
                        "000201",
                        "00020101021126310015jp.hashimo.demo0108",
                        "https://",
                        "https://pay.hashimo.example/",
                        "https://pay.hashimo.example/s/",
                        "https://pay.hashimo.example/s/AQEB"));
    }

    @Provide
    Arbitrary<String> typed() {
        return Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('０', '９')
                .withChars(' ', '　', '-', 'ー', '−')
                .ofMaxLength(45);
    }

    @Provide
    Arbitrary<UUID> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }
}
