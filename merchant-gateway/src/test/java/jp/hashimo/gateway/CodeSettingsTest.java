package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSettingsTest {
    private static final URI ADDRESS = URI.create("https://pay.example.jp");

    private static CodeSettings named(String identifier, String city) {
        return new CodeSettings(ADDRESS, List.of(), identifier, city);
    }

    @Test
    void an_address_is_kept_in_one_spelling() {
        assertThat(CodeSettings.of(URI.create("HTTPS://Pay.Example.JP:8443/Mo//")).baseUrl())
                .isEqualTo(URI.create("https://pay.example.jp:8443/Mo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://pay.example.jp",
                "pay.example.jp",
                "https:pay",
                "https://bank@pay.example.jp",
                "https://pay.example.jp?x=1",
                "https://pay.example.jp#x",
                "https://pay.example.jp/a-path-so-long-that-no-sticker-could-hold-the-code-that-follows-it"
            })
    void an_address_that_codes_cannot_carry_is_refused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> CodeSettings.of(URI.create(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jp.or.paymentsjapan", "jp.or.paymentsjapan.hashimo"})
    void the_identifier_of_jpqr_is_refused(String identifier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named(identifier, "HASHIMOTO"))
                .withMessage("the identifier of JPQR is not ours to use");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hashimo",
                "JP.Hashimo",
                "jp..hashimo",
                "jp.橋本",
                "jp.a-name-of-more-than-32-letters"
            })
    void an_identifier_is_a_domain_in_reverse(String identifier) {
        assertThatIllegalArgumentException().isThrownBy(() -> named(identifier, "HASHIMOTO"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "橋本市", "HASHIMOTO-SHI-WK"})
    void a_city_is_short_and_latin(String city) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named(CodeSettings.DEMO_IDENTIFIER, city));
    }
}
