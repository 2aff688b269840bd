package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import jp.hashimo.gateway.EmvTlv.Field;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCodesTest {
    @TempDir Path data;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(data.resolve("keys"));
    }

    private Optional<String> emvField(StoreCode code, String id) {
        return ((EmvPayload.Intact) EmvPayload.read(code.emv())).value(id);
    }

    @Test
    void the_signed_form_holds_version_key_and_merchant_and_a_signature_over_them() {
        StoreCode code = town.bakery();

        assertThat(code.url()).startsWith("https://pay.hashimo.example/s/").hasSize(30 + 110);
        byte[] bytes = Base64.getUrlDecoder().decode(code.url().substring(30));
        byte[] claim = Arrays.copyOf(bytes, 18);
        assertThat(ByteBuffer.wrap(claim).getShort()).isEqualTo((short) 0x0101);
        assertThat(Arrays.copyOfRange(claim, 2, 18)).isEqualTo(IdBytes.of(Town.BAKERY.value()));

        Ed25519Signer outsider = new Ed25519Signer();
        outsider.init(
                false,
                new Ed25519PublicKeyParameters(
                        Base64.getUrlDecoder().decode(town.keys.published().getFirst().x())));
        byte[] purpose = "hashimo store code".getBytes(StandardCharsets.US_ASCII);
        outsider.update(purpose, 0, purpose.length);
        outsider.update(claim, 0, claim.length);
        assertThat(outsider.verifySignature(Arrays.copyOfRange(bytes, 18, bytes.length))).isTrue();
    }

    @Test
    void the_emv_form_says_what_every_reader_understands_and_no_amount() {
        assertThat(town.bakery().emv())
                .startsWith(
                        "00020101021126310015jp.hashimo.demo0108"
                                + Town.NUMBER
                                + "5204000053033925802JP5922HASHIMO STORE "
                                + Town.NUMBER
                                + "6009HASHIMOTO6304");
    }

    @Test
    void a_latin_name_stands_in_the_emv_form_cut_to_25_letters() {
        StoreCode code =
                town.stores.issue(
                        Town.BAKERY, null, Town.NUMBER, "ＴＨＥ OLD BAKERY ON THE KINOKAWA RIVER");

        assertThat(emvField(code, "59")).contains("THE OLD BAKERY ON THE KIN");
    }

    @ParameterizedTest
    @CsvSource({"橋本ベーカリー", "Café", "' '", "''"})
    void a_name_that_is_not_latin_gives_way_to_the_number(String name) {
        StoreCode code = town.stores.issue(Town.BAKERY, null, Town.NUMBER, name);

        assertThat(emvField(code, "59")).contains("HASHIMO STORE " + Town.NUMBER);
    }

    @Test
    void the_till_stands_in_the_additional_data_of_the_emv_form() {
        assertThat(emvField(town.bakeryTill(), "62").flatMap(EmvTlv::read))
                .hasValueSatisfying(data ->
                        assertThat(data)
                                .containsExactly(
                                        new Field(
                                                "07",
                                                Base64Url.encode(IdBytes.of(Town.TILL.value())))));
        assertThat(emvField(town.bakery(), "62")).isEmpty();
    }

    @Test
    void a_poster_printed_twice_shows_the_same_code() {
        assertThat(town.bakery()).isEqualTo(town.bakery());
    }

    @Test
    void a_new_poster_is_signed_by_the_new_key_and_the_old_one_stays_good() {
        StoreCode old = town.bakery();
        town.keys.prepareNext(Town.NOON);

        StoreCode fresh = town.bakery();

        assertThat(old.kid()).isEqualTo(1);
        assertThat(fresh.kid()).isEqualTo(2);
        assertThat(town.reader.read(old.url()))
                .isEqualTo(new ScannedCode.SignedStoreCode(Town.BAKERY, null, 1));
        assertThat(town.reader.read(fresh.url()))
                .isEqualTo(new ScannedCode.SignedStoreCode(Town.BAKERY, null, 2));
    }

    @Test
    void a_store_code_fits_version_10_at_level_q_with_an_address_of_38_characters() {
        URI longest = URI.create("https://pay.hashimoto-city.wakayama.jp");
        assertThat(longest.toString()).hasSize(38);
        String url =
                new StoreCodes(town.keys, CodeSettings.of(longest))
                        .issue(Town.BAKERY, null, Town.NUMBER, "")
                        .url();

        assertThat(QrImage.within(url, QrImage.Level.Q, 10)).isPresent();
    }

    @Test
    void a_till_code_fits_version_10_with_the_longest_address_allowed() {
        CodeSettings settings =
                CodeSettings.of(URI.create("https://" + "a".repeat(60) + ".example.jp"));
        assertThat(settings.baseUrl().toString()).hasSize(79);
        String url =
                new StoreCodes(town.keys, settings)
                        .issue(Town.BAKERY, Town.TILL, Town.NUMBER, "")
                        .url();

        QrImage image = QrImage.forSticker(url);
        assertThat(image.version()).isLessThanOrEqualTo(10);
        assertThat(image.level()).isEqualTo(QrImage.Level.M);
    }

    @Test
    void the_emv_form_fits_version_10_at_level_q() {
        assertThat(QrImage.within(town.bakery().emv(), QrImage.Level.Q, 10)).isPresent();
    }
}
