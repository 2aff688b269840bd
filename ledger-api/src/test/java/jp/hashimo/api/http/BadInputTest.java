package jp.hashimo.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.merchant.StoreClass;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What every call that changes something says to a request that is no request. */
class BadInputTest extends ApiTest {
    private final Person manager = staff(Role.CAMPAIGN_MANAGER);
    private final Person counter = staff(Role.COUNTER);
    private final Person finance = staff(Role.FINANCE_CLERK);
    private final Person citizen = citizenWith(10_000, now().plus(Duration.ofDays(30)));
    private final Person store = shopkeeper(StoreClass.LOCAL);
    private final String sale = saleUntil(now().plus(Duration.ofDays(30))).toString();

    /**
     * A call.
     *
     * @param by who may make it, or null for anyone
     * @param body what would be right; empty if the call needs no body
     * @param needsKey whether it changes something
     */
    private record Api(
            @Nullable Person by,
            String method,
            String path,
            Map<String, Object> body,
            boolean needsKey) {

        Call call() {
            return by == null ? Call.byNobody() : Call.by(by);
        }

        Reply send(Call call, Object sent) {
            return method.equals("PATCH") ? call.patch(path, sent) : call.post(path, sent);
        }

        String name() {
            return method + " " + path;
        }
    }

    private static Api post(@Nullable Person by, String path, Map<String, Object> body) {
        return new Api(by, "POST", "/api/v1" + path, body, true);
    }

    private List<Api> calls() {
        String wallet = citizen.walletId().toString();
        String merchant = store.merchantId().toString();
        String nothing = "00000000000000000000000000000000";
        return List.of(
                new Api(
                        null,
                        "POST",
                        "/api/v1/sessions",
                        Map.of("login", "nobody", "password", "nothing at all"),
                        false),
                post(manager, "/campaigns", terms()),
                post(
                        manager,
                        "/campaigns/" + sale + "/raise-budget",
                        Map.of("premiumBudget", 6_000_000)),
                post(manager, "/campaigns/" + sale + "/approve", Map.of()),
                post(manager, "/campaigns/" + sale + "/suspend", Map.of()),
                post(manager, "/campaigns/" + sale + "/resume", Map.of()),
                post(
                        counter,
                        "/citizens",
                        Map.of(
                                "displayName", "山本 和子",
                                "kana", "ヤマモト カズコ",
                                "birthDate", "1945-03-08",
                                "evidence", "DOCUMENT_SEEN")),
                post(
                        null,
                        "/citizens/activate",
                        Map.of(
                                "activationCode", "0000-0000",
                                "login", "kazuko",
                                "password", "long enough")),
                post(null, "/phone-codes", Map.of("phone", "090-0000-1234")),
                post(
                        citizen,
                        "/wallets/" + wallet + "/devices",
                        Map.of("publicKey", "MCowBQYDK2VwAyEA", "alg", "Ed25519")),
                post(citizen, "/wallets/" + wallet + "/codes", Map.of()),
                post(
                        counter,
                        "/purchases",
                        Map.of(
                                "walletId",
                                wallet,
                                "campaignId",
                                sale,
                                "amount",
                                1_000,
                                "channel",
                                "COUNTER")),
                post(
                        counter,
                        "/purchases/pur_" + nothing + "/paid",
                        Map.of("paymentReference", "till-1")),
                post(counter, "/purchases/pur_" + nothing + "/cancel", Map.of()),
                post(
                        finance,
                        "/merchants",
                        Map.of(
                                "name", "まるは青果店",
                                "storeClass", "LOCAL",
                                "bankAccount", account())),
                new Api(
                        finance,
                        "PATCH",
                        "/api/v1/merchants/" + merchant,
                        Map.of("suspend", true),
                        true),
                post(finance, "/merchants/" + merchant + "/registers", Map.of("name", "レジ1")),
                post(
                        finance,
                        "/merchants/" + merchant + "/operators",
                        Map.of(
                                "displayName", "店 花子",
                                "login", "hanako-" + merchant,
                                "password", "long enough")),
                post(
                        citizen,
                        "/payments",
                        Map.of("mode", "USER_SCAN", "code", "12345678", "amount", 100)),
                post(citizen, "/payments/pay_" + nothing + "/confirm", Map.of()),
                post(citizen, "/payments/pay_" + nothing + "/decline", Map.of()),
                post(manager, "/approvals/apr_" + nothing + "/approve", Map.of()),
                post(manager, "/approvals/apr_" + nothing + "/reject", Map.of()));
    }

    private static Map<String, Object> account() {
        return Map.of(
                "bankCode", "9999",
                "branchCode", "001",
                "type", "1",
                "number", "1000001",
                "holderKana", "マルハ");
    }

    private static Map<String, Object> terms() {
        return Map.of(
                "name", "商品券",
                "fiscalYear", 2023,
                "unit", 1_000,
                "premiumPerUnit", 300,
                "capPerPerson", 10_000,
                "premiumBudget", 3_000_000,
                "saleFrom", "2023-10-02T09:00:00+09:00",
                "saleUntil", "2024-02-01T00:00:00+09:00",
                "expiresAt", "2024-02-16T00:00:00+09:00");
    }

    private List<Api> callsWithBody() {
        return calls().stream().filter(call -> !call.body().isEmpty()).toList();
    }

    /** Refused in both languages, and nothing has happened. */
    private static void judge(
            SoftAssertions soft, String what, String problem, Call call, Supplier<Reply> send) {
        for (String language : List.of("ja", "en")) {
            if (language.equals("en")) {
                call.with("Accept-Language", "en");
            }
            soft.assertThatCode(
                            () -> {
                                Reply reply = refused(problem, send);
                                assertThat(reply.headers().firstValue("Content-Language"))
                                        .hasValue(language);
                                boolean japanese =
                                        (reply.at("/title") + reply.at("/detail"))
                                                .codePoints()
                                                .anyMatch(Character::isIdeographic);
                                assertThat(japanese)
                                        .as(reply.toString())
                                        .isEqualTo(language.equals("ja"));
                                assertThat(reply.at("/detail")).doesNotContain("{").isNotEmpty();
                            })
                    .as(what)
                    .doesNotThrowAnyException();
        }
    }

    private static void judge(
            SoftAssertions soft, Api api, String what, Object body, String problem) {
        Call call = api.call();
        judge(soft, api.name() + " " + what, problem, call, () -> api.send(call, body));
    }

    @Test
    void what_is_no_json_object_is_malformed() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : callsWithBody()) {
                Map.of(
                                "nothing", "",
                                "null", "null",
                                "half an object", "{\"amount\":",
                                "a list", "[]",
                                "a text", "\"{}\"",
                                "two objects", "{}{}",
                                "not UTF-8", "{\"\u00ff")
                        .forEach((what, body) ->
                                judge(soft, api, what, body, "400 malformed-request"));
            }
        });
    }

    @Test
    void an_unknown_field_is_malformed_rather_than_ignored() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : callsWithBody()) {
                Map<String, Object> body = new HashMap<>(api.body());
                body.put("amuont", 1);
                judge(soft, api, "unknown field", body, "400 malformed-request");
            }
        });
    }

    @Test
    void a_field_that_is_missing_or_of_the_wrong_type_is_malformed() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : callsWithBody()) {
                for (String field : api.body().keySet()) {
                    Map<String, Object> missing = new LinkedHashMap<>(api.body());
                    missing.remove(field);
                    judge(soft, api, "without " + field, missing, "400 malformed-request");
                    for (Object wrong : List.of(List.of(List.of()), Map.of("a", 1))) {
                        Map<String, Object> body = new LinkedHashMap<>(api.body());
                        body.put(field, wrong);
                        judge(soft, api, field + "=" + wrong, body, "400 malformed-request");
                    }
                    if (api.body().get(field) instanceof Number) {
                        Map<String, Object> body = new LinkedHashMap<>(api.body());
                        body.put(field, "1000");
                        judge(soft, api, field + " as text", body, "400 malformed-request");
                    }
                }
            }
        });
    }

    @Test
    void a_text_nothing_can_store_is_never_our_fault() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : callsWithBody()) {
                api.body()
                        .forEach((field, value) -> {
                            if (value instanceof String && !field.equals("password")) {
                                for (String bad : List.of("a\\u0000b", "\\ud800", "\\u0007")) {
                                    String body = json(api.body(), field, "\"" + bad + "\"");
                                    Reply reply = api.send(api.call(), body);
                                    soft.assertThat(reply.status())
                                            .as(api.name() + " " + field + " " + bad + ": " + reply)
                                            .isBetween(400, 499);
                                }
                            }
                        });
            }
        });
    }

    private static String json(Map<String, Object> body, String field, String raw) {
        var mapper = JsonMapper.shared();
        Map<String, Object> marked = new LinkedHashMap<>(body);
        marked.put(field, "MARK");
        return mapper.writeValueAsString(marked).replace("\"MARK\"", raw);
    }

    @Test
    void another_media_type_is_not_taken() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : callsWithBody()) {
                for (String type : List.of("text/plain", "application/xml")) {
                    Call call = api.call().with("Content-Type", type);
                    judge(
                            soft,
                            api.name() + " " + type,
                            "415 unsupported-media-type",
                            call,
                            () -> api.send(call, api.body()));
                }
            }
        });
    }

    @Test
    void more_than_a_mebibyte_is_too_large() {
        String large = "{\"x\":\"" + "x".repeat(1 << 20) + "\"}";
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : calls()) {
                judge(soft, api, "large", large, "413 too-large");
            }
        });
    }

    @Test
    void without_a_key_that_can_be_one_nothing_is_done() {
        SoftAssertions.assertSoftly(soft -> {
            for (Api api : calls().stream().filter(Api::needsKey).toList()) {
                Call without = api.call().withoutKey();
                if (!decidedBeforeTheKey(api)) {
                    judge(
                            soft,
                            api.name() + " without a key",
                            "400 idempotency-key-required",
                            without,
                            () -> api.send(without, api.body()));
                    for (String key : List.of("a key", "k".repeat(256), "")) {
                        Call call = api.call().key(key);
                        judge(
                                soft,
                                api.name() + " key " + key,
                                "400 idempotency-key-required",
                                call,
                                () -> api.send(call, api.body()));
                    }
                }
            }
        });
    }

    /** A code that is none, or an approval that is none, is said so whatever the key. */
    private static boolean decidedBeforeTheKey(Api api) {
        return api.path().equals("/api/v1/payments") || api.path().contains("/approvals/");
    }

    @Test
    void a_key_of_255_visible_characters_is_one() {
        String key = "~".repeat(210) + "-" + fresh();
        Reply first = Call.by(manager).key(key).post("/api/v1/campaigns", terms());
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(Call.by(manager).key(key).post("/api/v1/campaigns", terms()).text())
                .isEqualTo(first.text());
    }

    @Test
    void a_key_stands_for_one_body_of_one_caller() {
        SoftAssertions.assertSoftly(soft ->
                Stream.of("/campaigns", "/purchases", "/registers", "/devices", "/phone-codes")
                        .map(ending ->
                                callsWithBody().stream()
                                        .filter(api -> api.path().endsWith(ending))
                                        .findFirst()
                                        .orElseThrow())
                        .forEach(api -> {
                            String key = "key-" + fresh();
                            Reply first = api.send(api.call().key(key), api.body());
                            soft.assertThat(first.status())
                                    .as(api.name() + " " + first)
                                    .isBetween(200, 202);
                            Reply again = api.send(api.call().key(key), api.body());
                            soft.assertThat(again.isReplay()).as(api.name()).isTrue();
                            soft.assertThat(again.json()).as(api.name()).isEqualTo(first.json());
                            soft.assertThat(again.status()).isEqualTo(first.status());
                            String other = JsonMapper.shared().writeValueAsString(api.body()) + " ";
                            Call reused = api.call().key(key);
                            judge(
                                    soft,
                                    api.name() + " reused",
                                    "422 idempotency-key-reused",
                                    reused,
                                    () -> api.send(reused, other));
                        }));
    }

    @Test
    void what_became_of_a_request_is_told_to_its_caller_alone() {
        String key = "lost-" + fresh();
        Map<String, Object> wish =
                Map.of(
                        "walletId",
                        citizen.walletId().toString(),
                        "campaignId",
                        sale,
                        "amount",
                        2_000,
                        "channel",
                        "COUNTER");
        String path = "/api/v1/requests/" + key;
        Reply before = Call.by(counter).get(path);
        assertThat(before.problem()).isEqualTo("404 request-unknown");
        assertThat(before.at("/finalAfter")).endsWith("+09:00");

        Reply first = Call.by(counter).key(key).post("/api/v1/purchases", wish);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        Reply found = Call.by(counter).get(path);
        assertThat(found.at("/state")).isEqualTo("DONE");
        assertThat(found.number("/status")).isEqualTo(201);
        assertThat(found.json().at("/body")).isEqualTo(first.json());
        assertThat(Call.by(staff(Role.COUNTER)).get(path).problem())
                .isEqualTo("404 request-unknown");

        String refusedKey = "refused-" + fresh();
        refused(
                "404 not-found",
                () ->
                        Call.by(counter)
                                .key(refusedKey)
                                .post(
                                        "/api/v1/purchases/pur_00000000000000000000000000000000/cancel"));
        assertThat(Call.by(counter).get("/api/v1/requests/" + refusedKey).problem())
                .as("a refusal is not remembered")
                .isEqualTo("404 request-unknown");
        String codeKey = "code-" + fresh();
        Reply code =
                Call.by(citizen)
                        .key(codeKey)
                        .post("/api/v1/wallets/" + citizen.walletId() + "/codes");
        assertThat(Call.by(citizen).get("/api/v1/requests/" + codeKey).json().at("/body"))
                .isEqualTo(code.json());
    }

    @Test
    void a_cursor_that_was_made_up_is_malformed() {
        String entries = "/api/v1/wallets/" + citizen.walletId() + "/entries";
        String zero = cursor("\u0000");
        assertMalformed("/cursor", Call.byNobody().get("/api/v1/merchants?cursor=" + zero));
        assertMalformed("/cursor", Call.by(citizen).get(entries + "?cursor=" + cursor("1 \u0000")));
        assertMalformed("/cursor", Call.by(citizen).get(entries + "?cursor=" + cursor("x y")));
        String approvals = "/api/v1/approvals?cursor=";
        assertMalformed("/cursor", Call.by(manager).get(approvals + zero));
        assertMalformed(
                "/cursor",
                Call.by(manager).get(approvals + cursor("+999999999-12-31T00:00:00Z apr_0")));
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_search_for_what_nothing_can_store_is_malformed() {
        assertMalformed("/q", Call.by(counter).get("/api/v1/citizens?q=%00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023/10/02",
                "10/2/23",
                "2023-10-2",
                "2023-02-30",
                "%2B9999999-01-01",
                "%2B999999999-12-31",
                "today"
            })
    void a_date_is_written_in_one_way_in_every_language(String date) {
        for (String path : List.of("/payments", "/day-close")) {
            for (String language : List.of("ja", "en-US")) {
                Reply reply =
                        Call.by(store)
                                .with("Accept-Language", language)
                                .get(
                                        "/api/v1/merchants/"
                                                + store.merchantId()
                                                + path
                                                + "?date="
                                                + date);
                assertMalformed("/date", reply);
            }
        }
    }

    private static void assertMalformed(String pointer, Reply reply) {
        assertThat(reply.problem()).as(reply.toString()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer")).isEqualTo(pointer);
    }

    @Test
    void a_path_written_in_another_way_has_the_same_walls() {
        String registers = "/%61pi/v1/merchants/" + store.merchantId() + "/registers";
        String large = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        refused("413 too-large", () -> Call.by(finance).post(registers, large));
        String key = "written-" + fresh();
        assertThat(Call.by(finance).key(key).post(registers, Map.of("name", "レジ1")).status())
                .isEqualTo(201);
        refused(
                "422 idempotency-key-reused",
                () -> Call.by(finance).key(key).post(registers, Map.of("name", "レジ2")));
    }

    @Test
    void a_path_or_a_verb_that_is_none_is_told_so() {
        assertThat(Call.by(manager).post("/api/v1/nothing", Map.of()).problem())
                .isEqualTo("404 not-found");
        Reply verb = Call.by(manager).patch("/api/v1/campaigns", Map.of());
        assertThat(verb.status()).isEqualTo(405);
        assertThat(verb.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(verb.at("/detail")).doesNotContain("{");
        Reply odd = Call.by(manager).with("Accept", "image/png").get("/api/v1/campaigns/" + sale);
        assertThat(odd.status()).isLessThan(500);
    }
}
