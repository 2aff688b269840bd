package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Person;
import jp.hashimo.ledger.merchant.StoreClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

/** The pages as a browser asks for them, before any script runs. */
class PagesTest extends ApiTest {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    static Stream<String> slugs() {
        return Bundles.read("messages").keySet().stream()
                .filter(key -> key.startsWith("problem.") && key.endsWith(".title"))
                .map(key -> key.substring("problem.".length(), key.length() - ".title".length()));
    }

    @ParameterizedTest
    @MethodSource("slugs")
    void every_problem_has_its_page_in_both_languages(String slug) throws Exception {
        HttpResponse<String> page = open("/problems/" + slug, Map.of());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(title("messages", slug))
                .contains(title("messages_en", slug))
                .doesNotContainPattern(">[^<]*\\{[A-Za-z]+}");
    }

    @Test
    void a_problem_nobody_knows_has_no_page() throws Exception {
        assertThat(open("/problems/no-such-thing", Map.of()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/wallet", "/wallet/pay?code=1", "/store", "/counter", "/staff"})
    void whoever_is_not_signed_in_is_led_to_the_door(String path) throws Exception {
        HttpResponse<String> page = open(path, Map.of());

        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).contains("/login?to=%2F"));
    }

    @Test
    void each_opens_the_pages_of_the_own_work_and_no_others() throws Exception {
        Person citizen = citizen();
        Person store = shopkeeper(StoreClass.LOCAL);
        Person clerk = staff(Role.COUNTER);
        Person auditor = staff(Role.AUDITOR);

        assertThat(status("/wallet", citizen)).isEqualTo(200);
        assertThat(status("/wallet/pay", citizen)).isEqualTo(200);
        assertThat(status("/wallet/code", citizen)).isEqualTo(200);
        assertThat(status("/wallet/buy", citizen)).isEqualTo(200);
        assertThat(status("/wallet/history", citizen)).isEqualTo(200);
        assertThat(status("/store", citizen)).isEqualTo(403);
        assertThat(status("/store", store)).isEqualTo(200);
        assertThat(status("/store/poster", store)).isEqualTo(200);
        assertThat(status("/wallet", store)).isEqualTo(403);
        assertThat(status("/counter", clerk)).isEqualTo(200);
        assertThat(status("/counter", auditor)).isEqualTo(403);
        assertThat(status("/staff", auditor)).isEqualTo(200);
        assertThat(status("/staff", staff(Role.SUPPORT))).isEqualTo(200);
    }

    @Test
    void a_page_that_reads_does_not_change_the_token_of_a_click_on_its_way() throws Exception {
        HttpResponse<String> page =
                open(
                        "/wallet",
                        Map.of("Cookie", "XSRF-TOKEN=abc; hashimo-session=" + citizen().token()));

        assertThat(page.headers().allValues("Set-Cookie")).noneMatch(c -> c.contains("XSRF-TOKEN"));
    }

    @ParameterizedTest
    @CsvSource({"ja,ja,もどる", "easy,ja,お店の コードを うつして", "en,en,Point the camera"})
    void a_page_speaks_as_its_reader_chose(String choice, String language, String text)
            throws Exception {
        HttpResponse<String> page =
                open(
                        "/wallet/pay",
                        Map.of(
                                "Cookie",
                                "hashimo-words="
                                        + choice
                                        + "; hashimo-session="
                                        + citizen().token()));

        assertThat(page.body()).contains("lang=\"" + language + "\"").contains(text);
    }

    @Test
    void a_choice_of_words_leads_back_to_the_page_and_never_to_another_site() throws Exception {
        HttpResponse<String> back = open("/words/easy?to=/problems/not-found", Map.of());
        HttpResponse<String> lured = open("/words/en?to=//elsewhere.example", Map.of());

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).hasValue("/problems/not-found");
        assertThat(lured.headers().firstValue("Location")).hasValue("/");
    }

    @Test
    void what_is_not_there_is_a_page_for_a_person_and_a_problem_for_a_program() throws Exception {
        HttpResponse<String> page = open("/nowhere", Map.of());
        HttpResponse<String> problem = open("/api/v1/nowhere", Map.of());

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("見つかりません").contains("Not found");
        assertThat(problem.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
    }

    @Test
    void a_store_code_that_cannot_be_read_is_asked_for_again() throws Exception {
        HttpResponse<String> page =
                open(
                        "/wallet/pay?code=%3Cscript%3E12",
                        Map.of("Cookie", "hashimo-session=" + citizen().token()));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("もう一度読むか").doesNotContain("<script>12");
    }

    @Test
    void a_citizens_code_is_drawn_for_citizens_only() throws Exception {
        assertThat(status("/qr.svg?text=HM1.abc", citizen())).isEqualTo(200);
        assertThat(status("/qr.svg?text=" + "a".repeat(513), citizen())).isEqualTo(400);
        assertThat(status("/qr.svg?text=HM1.abc", shopkeeper(StoreClass.COMMON))).isEqualTo(403);
    }

    private static int status(String path, Person person) throws IOException, InterruptedException {
        return open(path, Map.of("Cookie", "hashimo-session=" + person.token())).statusCode();
    }

    private static HttpResponse<String> open(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:"
                                                + bean(Environment.class)
                                                        .getProperty("local.server.port")
                                                + path))
                        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        headers.forEach(request::header);
        return BROWSER.send(request.build(), BodyHandlers.ofString());
    }

    private static String title(String bundle, String slug) {
        return Bundles.read(bundle)
                .getOrDefault("problem." + slug + ".title", "no title")
                .replace("&", "&amp;")
                .replace("'", "&#39;");
    }
}
