package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/wallet", "/wallet/pay?code=0000%200017", "/problems/not-found"})
    void a_path_of_this_site_is_led_back_to(String path) {
        assertThat(OwnPath.orHome(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wallet",
                "//elsewhere.example",
                "/\\elsewhere.example",
                "https://elsewhere.example/",
                "javascript:alert(1)",
                "/a b",
                "/\r\nSet-Cookie: a=b"
            })
    void anything_else_leads_to_the_welcome_page(String path) {
        assertThat(OwnPath.orHome(path)).isEqualTo("/");
    }
}
