package jp.hashimo.api.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.gateway.CodeReader;
import jp.hashimo.gateway.ScannedCode;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.TokyoTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerchantTest extends ApiTest {
    private static final String MERCHANTS = "/api/v1/merchants";

    private final Person clerk = staff(Role.FINANCE_CLERK);

    static Map<String, Object> account(String number) {
        var account = new LinkedHashMap<String, Object>();
        account.put("bankCode", "0162");
        account.put("branchCode", "415");
        account.put("type", "1");
        account.put("number", number);
        account.put("holderKana", "カ)ハシモトヤ");
        return account;
    }

    private static Map<String, Object> store(String name, String storeClass) {
        var store = new LinkedHashMap<String, Object>();
        store.put("name", name);
        store.put("storeClass", storeClass);
        store.put("bankAccount", account("1234567"));
        return store;
    }

    private String registered(String name, String storeClass) {
        Reply reply = Call.by(clerk).post(MERCHANTS, store(name, storeClass));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.at("/merchantId");
    }

    @Test
    void the_city_registers_a_store_that_everybody_can_look_up() {
        Reply reply = Call.by(clerk).key("reg").post(MERCHANTS, store("橋本屋", "LOCAL"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.position()).isEqualTo(head());
        Reply shown = Call.byNobody().get(MERCHANTS + "/" + reply.at("/merchantId"));
        assertThat(shown.at("/name")).isEqualTo("橋本屋");
        assertThat(shown.at("/storeClass")).isEqualTo("LOCAL");
        assertThat(shown.json().at("/suspended").booleanValue()).isFalse();
        assertThat(StoreNumber.read(shown.at("/storeNumber"))).isPresent();
        assertThat(shown.text()).doesNotContain("1234567").doesNotContain("0162");

        Reply again = Call.by(clerk).key("reg").post(MERCHANTS, store("橋本屋", "LOCAL"));
        assertThat(again.isReplay()).isTrue();
        assertThat(again.json()).isEqualTo(reply.json());
        long before = head();
        Reply other = Call.by(clerk).key("reg").post(MERCHANTS, store("別の店", "LOCAL"));
        assertThat(other.problem()).isEqualTo("422 idempotency-key-reused");
        assertThat(other.position()).isEqualTo(before);
    }

    @Test
    void the_list_is_filtered_by_class_area_name_and_number() {
        String unique = UUID.randomUUID().toString();
        var inTown = new HashMap<>(store("柿の葉ずし " + unique, "LOCAL"));
        inTown.put("area", "高野口町 " + unique);
        String sushi = Call.by(clerk).post(MERCHANTS, inTown).at("/merchantId");
        String market = registered("スーパー " + unique.toUpperCase(Locale.ROOT), "COMMON");

        assertThat(found("q=" + unique)).containsExactlyInAnyOrder(sushi, market);
        assertThat(found("class=COMMON&q=" + unique)).containsExactly(market);
        assertThat(found("area=" + encoded("高野口町 " + unique))).containsExactly(sushi);
        String number = Call.byNobody().get(MERCHANTS + "/" + sushi).at("/storeNumber");
        assertThat(found("q=" + number)).containsExactly(sushi);
        Reply first = Call.byNobody().get(MERCHANTS + "?limit=1&q=" + unique);
        Reply second =
                Call.byNobody()
                        .get(MERCHANTS + "?limit=1&q=" + unique + "&cursor=" + first.at("/next"));
        assertThat(Set.of(first.at("/items/0/merchantId"), second.at("/items/0/merchantId")))
                .containsExactlyInAnyOrder(sushi, market);
        assertThat(second.json().at("/next").isNull()).isTrue();
        assertThat(Call.byNobody().get(MERCHANTS + "?class=m").problem())
                .isEqualTo("400 malformed-request");
    }

    private static List<String> found(String query) {
        return Call.byNobody()
                .get(MERCHANTS + "?" + query)
                .json()
                .at("/items")
                .findValuesAsString("merchantId");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "bankCode, 162",
        "bankCode, 01621",
        "bankCode, 016a",
        "branchCode, 41",
        "type, 3",
        "type, 12",
        "number, 123456",
        "number, 12345678",
        "number, 99999999999999999999",
        "holderKana, ''",
        "holderKana, 橋本屋"
    })
    void an_account_no_bank_can_have_is_refused(String field, String value) {
        long before = head();
        var body = store("橋本屋", "LOCAL");
        var account = account("1234567");
        account.put(field, value);
        body.put("bankAccount", account);
        Reply reply = Call.by(clerk).post(MERCHANTS, body);

        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer")).startsWith("/bankAccount");
        assertThat(reply.position()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"name", "storeClass", "bankAccount", "bankAccount/number"})
    void what_is_missing_is_pointed_at(String pointer) {
        var body = store("橋本屋", "LOCAL");
        if (pointer.equals("bankAccount/number")) {
            var account = account("1234567");
            account.remove("number");
            body.put("bankAccount", account);
        } else {
            body.remove(pointer);
        }
        Reply reply = Call.by(clerk).post(MERCHANTS, body);
        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat("/" + pointer).startsWith(reply.at("/pointer"));
    }

    @Test
    void only_a_finance_clerk_registers_and_changes() {
        String id = registered("橋本屋", "LOCAL");
        for (Person other :
                List.of(
                        staff(Role.FINANCE_APPROVER),
                        staff(Role.ADMIN),
                        citizen(),
                        shopkeeperOf(MerchantId.parse(id)))) {
            assertThat(Call.by(other).post(MERCHANTS, store("x", "LOCAL")).problem())
                    .isEqualTo("403 forbidden");
            assertThat(
                            Call.by(other)
                                    .patch(MERCHANTS + "/" + id, Map.of("suspend", true))
                                    .problem())
                    .isEqualTo("403 forbidden");
        }
        assertThat(Call.byNobody().post(MERCHANTS, store("x", "LOCAL")).problem())
                .isEqualTo("401 unauthenticated");
        assertThat(Call.by(clerk).withoutKey().post(MERCHANTS, store("x", "LOCAL")).problem())
                .isEqualTo("400 idempotency-key-required");
        var unknown = store("x", "LOCAL");
        unknown.put("rating", 5);
        assertThat(Call.by(clerk).post(MERCHANTS, unknown).problem())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void a_store_is_suspended_and_resumed() {
        String path = MERCHANTS + "/" + registered("橋本屋", "LOCAL");

        Reply suspended = Call.by(clerk).key("s").patch(path, Map.of("suspend", true));
        assertThat(suspended.status()).isEqualTo(200);
        assertThat(suspended.json().at("/suspended").booleanValue()).isTrue();
        assertThat(Call.byNobody().get(path).json().at("/suspended").booleanValue()).isTrue();
        assertThat(Call.by(clerk).key("s").patch(path, Map.of("suspend", true)).isReplay())
                .isTrue();
        Call.by(clerk).patch(path, Map.of("suspended", false));
        assertThat(Call.byNobody().get(path).json().at("/suspended").booleanValue()).isFalse();
    }

    @Test
    void another_class_begins_when_it_is_said_to() {
        String path = MERCHANTS + "/" + registered("橋本屋", "LOCAL");
        var nextYear = TokyoTime.businessDateOf(now()).plusYears(1);

        Reply planned =
                Call.by(clerk)
                        .patch(
                                path,
                                Map.of(
                                        "storeClass",
                                        "COMMON",
                                        "effectiveFrom",
                                        nextYear.toString()));
        assertThat(planned.status()).isEqualTo(200);
        assertThat(Instant.parse(planned.at("/effectiveFrom")))
                .isEqualTo(TokyoTime.startOf(nextYear));
        assertThat(Call.byNobody().get(path).at("/storeClass")).isEqualTo("LOCAL");
        Call.by(clerk)
                .patch(path, Map.of("storeClass", "COMMON", "effectiveFrom", now().toString()));
        assertThat(Call.byNobody().get(path).at("/storeClass")).isEqualTo("COMMON");

        long before = head();
        for (String when :
                List.of(
                        now().minus(Duration.ofDays(2)).toString(),
                        "tomorrow",
                        "2023-02-30",
                        "",
                        "+300000-01-01T00:00:00Z",
                        "+999999999-12-31T23:59:59Z")) {
            Reply refused =
                    Call.by(clerk)
                            .patch(path, Map.of("storeClass", "LOCAL", "effectiveFrom", when));
            assertThat(refused.problem()).isEqualTo("400 malformed-request");
            assertThat(refused.at("/pointer")).isEqualTo("/effectiveFrom");
            assertThat(refused.position()).isEqualTo(before);
        }
    }

    @Test
    void a_change_of_class_from_today_is_answered_tomorrow_as_it_was_today() {
        String path = MERCHANTS + "/" + registered("橋本屋", "LOCAL");
        var today =
                Map.of(
                        "storeClass",
                        "COMMON",
                        "effectiveFrom",
                        TokyoTime.businessDateOf(now()).toString());
        String key = "today-" + fresh();
        Reply first = Call.by(clerk).key(key).patch(path, today);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);

        pass(Duration.ofDays(1));
        Reply again = Call.by(clerk).key(key).patch(path, today);
        assertThat(again.isReplay()).as(again.toString()).isTrue();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(Call.by(clerk).patch(path, today).problem()).isEqualTo("400 malformed-request");
    }

    @Test
    void a_change_says_one_thing_about_a_store_that_is_there() {
        String path = MERCHANTS + "/" + registered("橋本屋", "LOCAL");
        for (Map<String, Object> body :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("suspend", true, "storeClass", "LOCAL"),
                        Map.of("effectiveFrom", "2030-01-01"))) {
            assertThat(Call.by(clerk).patch(path, body).problem())
                    .isEqualTo("400 malformed-request");
        }
        String nobody = MERCHANTS + "/mer_" + "0".repeat(32);
        assertThat(Call.by(clerk).patch(nobody, Map.of("suspend", true)).problem())
                .isEqualTo("404 not-found");
        assertThat(
                        Call.by(clerk)
                                .patch(nobody, Map.of("bankAccount", account("1234567")))
                                .problem())
                .isEqualTo("404 not-found");
        assertThat(Call.byNobody().get(nobody).problem()).isEqualTo("404 not-found");
        assertThat(Call.byNobody().get(MERCHANTS + "/99999999999999999999").problem())
                .isEqualTo("404 not-found");
    }

    @Test
    void a_store_has_registers_and_staff_of_its_own() {
        var merchantId = MerchantId.parse(registered("橋本屋", "LOCAL"));
        String path = MERCHANTS + "/" + merchantId;
        Person keeper = shopkeeperOf(merchantId);
        Person stranger = shopkeeper(StoreClass.LOCAL);

        Reply till = Call.by(keeper).post(path + "/registers", Map.of("name", "レジ1"));
        assertThat(till.status()).isEqualTo(201);
        assertThat(till.at("/registerId")).startsWith("reg_");
        String login = "keeper-" + UUID.randomUUID();
        Map<String, Object> employee =
                Map.of("displayName", "店員", "login", login, "password", "irasshaimase");
        Reply operator = Call.by(clerk).key("o-" + login).post(path + "/operators", employee);
        assertThat(operator.status()).isEqualTo(201);
        assertThat(Call.by(clerk).key("o-" + login).post(path + "/operators", employee).isReplay())
                .isTrue();
        Reply session =
                Call.byNobody()
                        .post(
                                "/api/v1/sessions",
                                Map.of("login", login, "password", "irasshaimase"));
        assertThat(session.at("/merchantId")).isEqualTo(merchantId.toString());
        assertThat(session.at("/roles/0")).isEqualTo("STORE");

        long before = head();
        Reply taken = Call.by(clerk).post(path + "/operators", employee);
        assertThat(taken.problem()).isEqualTo("409 already-registered");
        assertThat(taken.position()).isEqualTo(before);
        assertThat(Call.by(stranger).post(path + "/registers", Map.of("name", "x")).problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(stranger).post(path + "/operators", employee).problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(keeper).post(path + "/registers", Map.of()).at("/pointer"))
                .isEqualTo("/name");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void the_code_of_a_store_names_it_in_every_form() {
        var merchantId = MerchantId.parse(registered("橋本屋", "LOCAL"));
        String path = MERCHANTS + "/" + merchantId + "/code";
        Person keeper = shopkeeperOf(merchantId);

        Reply code = Call.by(keeper).get(path + ".json");
        assertThat(code.json()).isEqualTo(Call.by(clerk).get(path).json());
        assertThat(code.at("/merchantName")).isEqualTo("橋本屋");
        assertThat(StoreNumber.read(code.at("/code"))).isPresent();
        assertThat(code.number("/kid")).isEqualTo(1);
        assertThat(bean(CodeReader.class).read(code.at("/url")))
                .isInstanceOfSatisfying(
                        ScannedCode.SignedStoreCode.class,
                        signed -> assertThat(signed.merchantId()).isEqualTo(merchantId));
        assertThat(code.at("/emv")).contains(code.at("/code"));

        Reply image = Call.by(keeper).get(path + ".svg");
        assertThat(image.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/svg+xml"));
        assertThat(image.text()).startsWith("<svg").contains("橋本屋");

        String till =
                Call.by(keeper)
                        .post(MERCHANTS + "/" + merchantId + "/registers", Map.of("name", "レジ"))
                        .at("/registerId");
        assertThat(Call.by(keeper).get(path + "?registerId=" + till).at("/url"))
                .isNotEqualTo(code.at("/url"));
        assertThat(Call.by(keeper).get(path + "?registerId=reg_" + "0".repeat(32)).problem())
                .isEqualTo("404 not-found");
        assertThat(Call.by(shopkeeper(StoreClass.LOCAL)).get(path).problem())
                .isEqualTo("404 not-found");
        assertThat(Call.by(citizen()).get(path).problem()).isEqualTo("403 forbidden");
    }

    @Test
    void everybody_can_prove_a_code_with_the_published_key() throws GeneralSecurityException {
        var merchantId = MerchantId.parse(registered("橋本屋", "LOCAL"));
        String url = Call.by(clerk).get(MERCHANTS + "/" + merchantId + "/code").at("/url");
        Reply keys = Call.byNobody().get("/.well-known/hashimo/keys");
        assertThat(keys.at("/keys/0/kty")).isEqualTo("OKP");
        assertThat(keys.at("/keys/0/crv")).isEqualTo("Ed25519");
        assertThat(keys.at("/keys/0/validFrom")).isNotEmpty();

        // As a stranger would, with the JDK alone: an X.509 frame around the 32 bytes.
        var decoder = Base64.getUrlDecoder();
        byte[] raw = decoder.decode(keys.at("/keys/0/x"));
        byte[] frame = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = Arrays.copyOf(frame, frame.length + raw.length);
        System.arraycopy(raw, 0, encoded, frame.length, raw.length);
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        byte[] signed = decoder.decode(url.substring(url.lastIndexOf('/') + 1));
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update("hashimo store code".getBytes(StandardCharsets.US_ASCII));
        verifier.update(signed, 0, signed.length - 64);
        assertThat(verifier.verify(signed, signed.length - 64, 64)).isTrue();
    }
}
