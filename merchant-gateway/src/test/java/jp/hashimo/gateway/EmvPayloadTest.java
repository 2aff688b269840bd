package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import jp.hashimo.gateway.EmvTlv.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmvPayloadTest {
    /** EMVCo's own example, annex B.7, with Chinese text. */
    private static final String EMVCO =
            "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678"
                    + "520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京"
                    + "540523.7253031565502016233030412340603***0708A60086670902ME"
                    + "91320016A0112233449988770708123456786304A13A";

    /** From the tests of mercari/go-emv-code (MIT). */
    private static final String JPQR =
            "0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D15600000001030812345678"
                    + "26680019jp.or.paymentsjapan011300000000000010204000103060000010406000001"
                    + "53033925903xxx64180002JA0108メルペイ カフェ520441115802JP610710661436304DEE9";

    /** From the manual of Brazil's central bank. */
    private static final String PIX =
            "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000"
                    + "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";

    /** A widely published example of Thailand's scheme. */
    private static final String PROMPTPAY =
            "00020101021129370016A000000677010111011300660000000005802TH530376463048956";

    private static EmvPayload.Intact intact(String text) {
        assertThat(EmvPayload.read(text)).isInstanceOf(EmvPayload.Intact.class);
        return (EmvPayload.Intact) EmvPayload.read(text);
    }

    @Test
    void the_checksum_is_the_one_of_the_published_check_value() {
        assertThat(EmvTlv.crc("123456789")).isEqualTo("29B1");
    }

    @ParameterizedTest
    @ValueSource(strings = {EMVCO, JPQR, PIX, PROMPTPAY})
    void payloads_of_other_countries_are_read_and_written_back_to_the_letter(String text) {
        List<Field> fields = intact(text).fields();

        assertThat(EmvPayload.write(fields.subList(1, fields.size()))).isEqualTo(text);
    }

    @Test
    void the_example_of_emvco_holds_two_schemes_and_a_chinese_name() {
        EmvPayload.Intact payload = intact(EMVCO);

        assertThat(payload.accountsOf("D15600000001"))
                .containsExactly(
                        List.of(new Field("00", "D15600000001"), new Field("03", "12345678")));
        assertThat(payload.value("54")).contains("23.72");
        assertThat(payload.value("64").flatMap(EmvTlv::read))
                .contains(
                        List.of(
                                new Field("00", "ZH"),
                                new Field("01", "最佳运输"),
                                new Field("02", "北京")));
        assertThat(payload.value("63")).isEmpty();
    }

    @Test
    void lengths_count_characters_and_not_bytes() {
        assertThat(intact(JPQR).value("64").flatMap(EmvTlv::read))
                .contains(List.of(new Field("00", "JA"), new Field("01", "メルペイ カフェ")));
        assertThat(EmvTlv.write(List.of(new Field("01", "𠮷野家")))).isEqualTo("0103𠮷野家");
        assertThat(EmvTlv.read("0103𠮷野家")).contains(List.of(new Field("01", "𠮷野家")));
    }

    @Test
    void the_code_of_jpqr_names_its_store() {
        assertThat(intact(JPQR).accountsOf("jp.or.paymentsjapan"))
                .containsExactly(
                        List.of(
                                new Field("00", "jp.or.paymentsjapan"),
                                new Field("01", "0000000000001"),
                                new Field("02", "0001"),
                                new Field("03", "000001"),
                                new Field("04", "000001")));
    }

    @ParameterizedTest
    @CsvSource({"02,0", "25,0", "26,1", "51,1", "52,0", "80,0"})
    void schemes_are_looked_for_in_fields_26_to_51(String id, int found) {
        String text =
                EmvPayload.write(List.of(Field.template(id, List.of(new Field("00", "jp.x")))));

        assertThat(intact(text).accountsOf("jp.x")).hasSize(found);
    }

    @Test
    void a_checksum_in_lower_case_is_refused() {
        String lower = EMVCO.substring(0, EMVCO.length() - 4) + "a13a";

        assertThat(EmvPayload.read(lower)).isEqualTo(new EmvPayload.Damaged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "000",
                "0002",
                "00020",
                "000201",
                "0002016304",
                "0002026304AAAA",
                "00020163041D3D5802JP",
                "000201580063041D3D",
                "0002015802JP5802JP63041D3D",
                "00020158ＯＯJP63041D3D",
                "0002010103\uD83463041D3D",
                "630412340002010"
            })
    void what_is_no_payload_is_called_malformed(String text) {
        assertThat(EmvPayload.read(text)).isEqualTo(new EmvPayload.Malformed());
    }

    @Test
    void a_value_has_1_to_99_characters() {
        assertThat(EmvTlv.write(List.of(new Field("59", "x".repeat(99))))).startsWith("5999x");
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("59", "x".repeat(100)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("59", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("5", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Field("5x", "x"));
    }
}
