package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.hashimo.gateway.EmvTlv.Field;
import jp.hashimo.gateway.ScannedCode.CustomerToken;
import jp.hashimo.gateway.ScannedCode.EmvStoreCode;
import jp.hashimo.gateway.ScannedCode.Reason;
import jp.hashimo.gateway.ScannedCode.SignedStoreCode;
import jp.hashimo.gateway.ScannedCode.StoreNumberTyped;
import jp.hashimo.gateway.ScannedCode.Unreadable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeReaderTest {
    @TempDir Path data;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(data.resolve("keys"));
    }

    private static Unreadable because(Reason reason) {
        return new Unreadable(reason);
    }

    @Test
    void all_three_forms_of_a_store_code_are_read() {
        StoreCode code = town.bakery();

        assertThat(town.reader.read(code.url()))
                .isEqualTo(new SignedStoreCode(Town.BAKERY, null, 1));
        assertThat(town.reader.read(code.emv())).isEqualTo(new EmvStoreCode(Town.NUMBER, null));
        assertThat(town.reader.read(code.number().toString()))
                .isEqualTo(new StoreNumberTyped(Town.NUMBER));
    }

    @Test
    void the_till_is_read_from_both_scanned_forms() {
        StoreCode code = town.bakeryTill();

        assertThat(town.reader.read(code.url()))
                .isEqualTo(new SignedStoreCode(Town.BAKERY, Town.TILL, 1));
        assertThat(town.reader.read(code.emv()))
                .isEqualTo(new EmvStoreCode(Town.NUMBER, Town.TILL));
    }

    @Test
    void a_customer_code_is_read_with_its_end_and_its_nonce() {
        CustomerCode code = town.resident();

        assertThat(code.code()).startsWith("HM1.").hasSize(78);
        assertThat(town.reader.read(code.code()))
                .isEqualTo(new CustomerToken(Town.WALLET, Town.NOON.plusSeconds(90), Town.NONCE));
    }

    @Test
    void a_customer_code_is_expired_at_the_instant_it_ends() {
        CustomerToken token = (CustomerToken) town.reader.read(town.resident().code());

        assertThat(token.expiredAt(token.validUntil().minusNanos(1))).isFalse();
        assertThat(token.expiredAt(token.validUntil())).isTrue();
    }

    @Test
    void the_end_of_a_customer_code_is_cut_to_milliseconds_and_told_so() {
        Instant end = Town.NOON.plus(Duration.ofNanos(90_999_999_999L));

        CustomerCode code = town.customers.issue(Town.WALLET, end, Town.NONCE);

        assertThat(code.validUntil()).isEqualTo(Town.NOON.plusMillis(90_999));
        assertThat(town.reader.read(code.code()))
                .isEqualTo(new CustomerToken(Town.WALLET, code.validUntil(), Town.NONCE));
    }

    @Test
    void a_customer_code_fits_version_6_at_level_m() {
        assertThat(QrImage.of(town.resident().code(), QrImage.Level.M).version())
                .isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00005724",
                " 0000 5724\r\n",
                "0000-5724",
                "００００５７２４",
                "　００００　５７２４　",
                "００００ー５７２４",
                "0000−5724",
                "0 0 0 0 5 7 2 4"
            })
    void a_number_may_be_typed_in_any_width_with_spaces_and_hyphens(String typed) {
        assertThat(town.reader.read(typed))
                .isEqualTo(new StoreNumberTyped(StoreNumber.ofSerial(572)));
    }

    @Test
    void a_store_number_that_begins_like_an_emv_payload_is_still_a_number() {
        StoreNumber number = StoreNumber.ofSerial(2010);
        assertThat(number.toString()).startsWith("000201");

        assertThat(town.reader.read(number.toString())).isEqualTo(new StoreNumberTyped(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00005725", "0005724", "000005724", "１", "00000000", "99999999999999"})
    void a_number_that_does_not_check_is_mistyped(String typed) {
        assertThat(town.reader.read(typed)).isEqualTo(because(Reason.MISTYPED));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "FOREIGN       | ''",
                "FOREIGN       | '---'",
                "FOREIGN       | hello",
                "FOREIGN       | https://pay.hashimo.example",
                "FOREIGN       | https://pay.hashimo.example.evil.example/s/AAAA",
                "FOREIGN       | https://pay.hashimo.example@evil.example/s/AAAA",
                "FOREIGN       | https://evil.example/https://pay.hashimo.example/s/AAAA",
                "FOREIGN       | http://pay.hashimo.example/s/AAAA",
                "FOREIGN       | HTTPS://pay.hashimo.example/s/AAAA",
                "FOREIGN       | javascript:alert(1)",
                "FOREIGN       | hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=",
                "FOREIGN       | HM1",
                "FOREIGN       | ٠٠٠٠٥٧٢٤",
                "MALFORMED     | https://pay.hashimo.example/login",
                "MALFORMED     | https://pay.hashimo.example/s/",
                "MALFORMED     | https://pay.hashimo.example/s/AQ",
                "MALFORMED     | https://pay.hashimo.example/s/AQ==",
                "MALFORMED     | https://pay.hashimo.example/s/../../x",
                "UNKNOWN_VERSION | https://pay.hashimo.example/s/AgEB",
                "UNKNOWN_VERSION | HM2.AAAA",
                "MALFORMED     | HM1.",
                "MALFORMED     | HM1.AAAA",
                "MALFORMED     | HM1.%00",
                "MALFORMED     | 000201x",
                "DAMAGED       | 0002015802JP63040000"
            },
            delimiter = '|')
    void everything_else_is_refused_with_its_reason(Reason reason, String text) {
        assertThat(town.reader.read(text)).isEqualTo(because(reason));
    }

    @Test
    void codes_of_other_schemes_are_foreign() {
        String jpqr =
                EmvPayload.write(
                        List.of(
                                Field.template(
                                        "26",
                                        List.of(
                                                new Field("00", "jp.or.paymentsjapan"),
                                                new Field("01", "0000000000001")))));

        assertThat(town.reader.read(jpqr)).isEqualTo(because(Reason.FOREIGN));
    }

    @Test
    void our_account_beside_another_schemes_is_found() {
        String both =
                EmvPayload.write(
                        List.of(
                                Field.template("26", List.of(new Field("00", "jp.other"))),
                                Field.template(
                                        "27",
                                        List.of(
                                                new Field("00", "jp.hashimo.demo"),
                                                new Field("01", Town.NUMBER.toString())))));

        assertThat(town.reader.read(both)).isEqualTo(new EmvStoreCode(Town.NUMBER, null));
    }

    @Test
    void a_payload_that_names_two_stores_of_ours_is_refused() {
        List<Field> account =
                List.of(
                        new Field("00", "jp.hashimo.demo"),
                        new Field("01", Town.NUMBER.toString()));
        String two =
                EmvPayload.write(
                        List.of(Field.template("26", account), Field.template("27", account)));

        assertThat(town.reader.read(two)).isEqualTo(because(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00005725", "HM00012345", "5724"})
    void a_payload_of_ours_without_a_store_number_is_refused(String number) {
        String text =
                EmvPayload.write(
                        List.of(
                                Field.template(
                                        "26",
                                        List.of(
                                                new Field("00", "jp.hashimo.demo"),
                                                new Field("01", number)))));

        assertThat(town.reader.read(text)).isEqualTo(because(Reason.MALFORMED));
    }

    @Test
    void a_code_signed_by_someone_elses_key_is_forged() {
        Town other = new Town(data.resolve("other-keys"));

        assertThat(town.reader.read(other.bakery().url())).isEqualTo(because(Reason.FORGED));
        assertThat(town.reader.read(other.resident().code())).isEqualTo(because(Reason.FORGED));
    }

    @Test
    void a_code_of_a_key_we_do_not_have_is_told_apart() {
        Town other = new Town(data.resolve("other-keys"));
        other.keys.prepareNext(Town.NOON);

        assertThat(town.reader.read(other.bakery().url())).isEqualTo(because(Reason.UNKNOWN_KEY));
    }

    @Test
    void stickers_with_the_citys_former_address_stay_good() {
        CodeSettings moved =
                new CodeSettings(
                        URI.create("https://new.example"),
                        List.of(Town.SETTINGS.baseUrl()),
                        CodeSettings.DEMO_IDENTIFIER,
                        CodeSettings.DEFAULT_CITY);
        CodeReader reader = new CodeReader(town.keys, town.customers, moved);

        assertThat(reader.read(town.bakery().url()))
                .isEqualTo(new SignedStoreCode(Town.BAKERY, null, 1));
    }

    @Test
    void a_signed_code_has_one_spelling_only() {
        for (String code : List.of(town.bakery().url(), town.bakeryTill().url())) {
            String open = code.substring(0, code.length() - 1);
            long accepted =
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="
                            .chars()
                            .mapToObj(last -> town.reader.read(open + (char) last))
                            .filter(SignedStoreCode.class::isInstance)
                            .count();

            // Of the last character only two or four bits carry content; the rest must be zero.
            assertThat(accepted).isEqualTo(1);
        }
    }

    @Test
    void a_text_of_a_million_characters_is_refused_at_once() {
        assertThat(town.reader.read("https://pay.hashimo.example/s/" + "A".repeat(1_000_000)))
                .isEqualTo(because(Reason.FOREIGN));
    }
}
