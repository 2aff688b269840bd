package jp.hashimo.api.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.id.MerchantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class PaymentTest extends ApiTest {
    private static final String PAYMENTS = "/api/v1/payments";

    private final Person clerk = staff(Role.FINANCE_CLERK);
    private final Person citizen = citizenWith(10_000, now().plus(Duration.ofDays(30)));
    private final Person store = store("LOCAL");

    @AfterAll
    static void leave_nothing_open() {
        endWhatIsOpen();
    }

    /** A store with a name and a code on its counter. */
    private Person store(String storeClass) {
        Reply registered =
                Call.by(clerk)
                        .post(
                                "/api/v1/merchants",
                                Map.of(
                                        "name",
                                        "まるは青果店",
                                        "storeClass",
                                        storeClass,
                                        "bankAccount",
                                        Map.of(
                                                "bankCode", "9999",
                                                "branchCode", "001",
                                                "type", "1",
                                                "number", "1000001",
                                                "holderKana", "マルハ")));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return shopkeeperOf(MerchantId.parse(registered.at("/merchantId")));
    }

    private static Reply codeOf(Person store) {
        return Call.by(store).get("/api/v1/merchants/" + store.merchantId() + "/code");
    }

    private static Map<String, Object> scan(String mode, String code, Object amount) {
        var scan = new HashMap<String, Object>();
        scan.put("mode", mode);
        scan.put("code", code);
        scan.put("amount", amount);
        return scan;
    }

    private Reply userScan(String code, Object amount) {
        return Call.by(citizen).post(PAYMENTS, scan("USER_SCAN", code, amount));
    }

    private Reply userScan(Object amount) {
        return userScan(codeOf(store).at("/url"), amount);
    }

    private String customerCode() {
        Reply code = Call.by(citizen).post("/api/v1/wallets/" + citizen.walletId() + "/codes");
        assertThat(code.status()).isEqualTo(201);
        return code.at("/code");
    }

    private Reply storeScan(String code, Object amount) {
        return Call.by(store).post(PAYMENTS, scan("STORE_SCAN", code, amount));
    }

    private static String idOf(Reply proposed) {
        assertThat(proposed.status()).as(proposed.toString()).isEqualTo(201);
        return proposed.at("/paymentId");
    }

    private static Reply confirm(Person by, String id) {
        return Call.by(by).post(PAYMENTS + "/" + id + "/confirm");
    }

    private static Reply decline(Person by, String id) {
        return Call.by(by).post(PAYMENTS + "/" + id + "/decline");
    }

    private Reply wallet() {
        return Call.by(citizen).get("/api/v1/wallets/" + citizen.walletId());
    }

    @Test
    void a_citizen_scans_the_store_and_the_store_says_ok() {
        Reply proposed = userScan(4_000);
        String id = idOf(proposed);
        assertThat(proposed.at("/state")).isEqualTo("PROPOSED");
        assertThat(proposed.number("/amount")).isEqualTo(4_000);
        assertThat(proposed.at("/merchantId")).isEqualTo(store.merchantId().toString());
        assertThat(proposed.at("/merchantName")).isEqualTo("まるは青果店");
        assertThat(proposed.at("/storeClass")).isEqualTo("LOCAL");
        assertThat(proposed.at("/awaiting")).isEqualTo("STORE");
        assertThat(proposed.json().at("/duplicateWarning").booleanValue()).isFalse();
        assertThat(Duration.between(now(), Instant.parse(proposed.at("/expiresAt"))))
                .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(180));
        assertThat(proposed.number("/lots/0/amount")).as("all of the premium").isEqualTo(3_000);
        assertThat(proposed.number("/lots/1/amount")).isEqualTo(1_000);
        assertThat(wallet().number("/held")).isEqualTo(4_000);

        Reply captured = confirm(store, id);
        assertThat(captured.status()).isEqualTo(200);
        assertThat(captured.at("/state")).isEqualTo("CAPTURED");
        assertThat(captured.number("/amount")).isEqualTo(4_000);
        assertThat(captured.json().at("/lots")).isEqualTo(proposed.json().at("/lots"));
        assertThat(wallet().number("/total")).isEqualTo(9_000);
        assertThat(wallet().number("/held")).isZero();
        Reply receipt = Call.by(citizen).get(PAYMENTS + "/" + id);
        assertThat(receipt.at("/state")).isEqualTo("CAPTURED");
        assertThat(receipt.at("/policy")).isNotEmpty();
        assertThat(receipt.at("/closedAt")).endsWith("+09:00");
    }

    @Test
    void a_store_scans_the_citizen_and_the_citizen_says_ok() {
        Reply proposed = storeScan(customerCode(), 2_500);
        assertThat(proposed.at("/awaiting")).isEqualTo("CITIZEN");
        refused("403 not-your-payment", () -> confirm(store, idOf(proposed)));
        assertThat(confirm(citizen, idOf(proposed)).at("/state")).isEqualTo("CAPTURED");
        assertThat(wallet().number("/total")).isEqualTo(10_500);
    }

    @Test
    void a_common_store_is_paid_with_points_for_everywhere_only() {
        Person common = store("COMMON");
        String code = codeOf(common).at("/code");
        Reply tooMuch = refused("409 insufficient-points", () -> userScan(code, 11_000));
        assertThat(tooMuch.number("/usable")).isEqualTo(10_000);
        assertThat(tooMuch.number("/amount")).isEqualTo(11_000);
        assertThat(tooMuch.number("/notUsableHere")).isEqualTo(3_000);
        assertThat(tooMuch.number("/notUsableLots/0/amount")).isEqualTo(3_000);
        assertThat(tooMuch.at("/detail")).contains("10,000", "11,000", "3,000");
        Reply one = refused("409 insufficient-points", () -> userScan(13_001));
        assertThat(one.number("/usable")).isEqualTo(13_000);
        Reply all = userScan(13_000);
        assertThat(idOf(all)).startsWith("pay_");
        assertThat(refused("409 insufficient-points", () -> userScan(code, 1)).number("/usable"))
                .as("all of it is held")
                .isZero();
    }

    @Test
    void nobody_answers_a_payment_of_others() {
        String id = idOf(userScan(500));
        for (Person other : List.of(store("LOCAL"), citizen(), citizen)) {
            refused("403 not-your-payment", () -> confirm(other, id));
        }
        for (Person other : List.of(store("LOCAL"), citizen())) {
            refused("403 not-your-payment", () -> decline(other, id));
        }
        refused("404 not-found", () -> confirm(store, "pay_00000000000000000000000000000000"));
        assertThat(wallet().number("/held")).isEqualTo(500);
    }

    @Test
    void a_second_answer_changes_nothing_and_a_double_tap_is_one() {
        String id = idOf(userScan(700));
        String key = "ok-" + fresh();
        List<Reply> taps =
                atOnce(4, _ -> Call.by(store).key(key).post(PAYMENTS + "/" + id + "/confirm"));
        assertThat(taps).extracting(Reply::status).containsOnly(200);
        assertThat(taps).extracting(Reply::text).containsOnly(taps.getFirst().text());
        assertThat(taps.stream().filter(tap -> !tap.isReplay())).hasSize(1);
        for (Person side : List.of(store, citizen)) {
            assertThat(refused("409 payment-not-proposed", () -> confirm(side, id)).at("/state"))
                    .isEqualTo("CAPTURED");
            assertThat(refused("409 payment-not-proposed", () -> decline(side, id)).at("/state"))
                    .isEqualTo("CAPTURED");
        }
        Person stranger = citizen();
        refused("403 not-your-payment", () -> confirm(stranger, id));
        assertThat(wallet().number("/total")).isEqualTo(12_300);
    }

    @Test
    void either_side_may_decline_and_the_points_are_free_again() {
        for (Person side : List.of(store, citizen)) {
            String id = idOf(userScan(1_000));
            Reply declined = decline(side, id);
            assertThat(declined.at("/state")).isEqualTo("DECLINED");
            assertThat(wallet().number("/available")).isEqualTo(13_000);
            assertThat(refused("409 payment-not-proposed", () -> confirm(store, id)).at("/state"))
                    .isEqualTo("DECLINED");
        }
    }

    @Test
    void a_hold_ends_by_the_clock_and_the_points_are_free_before_any_job_has_run() {
        Reply proposed = userScan(13_000);
        String id = idOf(proposed);
        pass(Duration.ofMinutes(3));
        assertThat(wallet().number("/available")).isEqualTo(13_000);
        assertThat(Call.by(store).get(PAYMENTS + "/" + id).at("/state")).isEqualTo("EXPIRED");
        for (int twice = 0; twice < 2; twice++) {
            Reply late = refused("409 payment-expired", () -> confirm(store, id));
            assertThat(late.at("/expiredAt")).isEqualTo(proposed.at("/expiresAt"));
            refused("409 payment-expired", () -> decline(citizen, id));
            workOffWhatIsDue();
        }
        refused("403 not-your-payment", () -> confirm(citizen, id));
        assertThat(confirm(store, idOf(userScan(13_000))).at("/state")).isEqualTo("CAPTURED");
    }

    @Test
    void a_second_payment_alike_within_minutes_is_warned_of() {
        confirm(store, idOf(userScan(300)));
        assertThat(userScan(300).json().at("/duplicateWarning").booleanValue()).isTrue();
        assertThat(userScan(301).json().at("/duplicateWarning").booleanValue()).isFalse();
        pass(Duration.ofMinutes(5));
        assertThat(userScan(300).json().at("/duplicateWarning").booleanValue()).isFalse();
    }

    // --- codes

    @Test
    void every_form_of_a_stores_code_leads_to_the_store() {
        Reply code = codeOf(store);
        String number = code.at("/code");
        String wide =
                number.chars()
                        .mapToObj(c -> Character.toString(c - '0' + '０'))
                        .collect(Collectors.joining());
        for (String form :
                List.of(
                        number,
                        wide,
                        wide.substring(0, 4) + "ー" + wide.substring(4),
                        " " + number.substring(0, 4) + " " + number.substring(4) + "\n",
                        code.at("/url"),
                        code.at("/emv"))) {
            Reply proposed = userScan(form, 100);
            assertThat(proposed.at("/merchantId"))
                    .as(form)
                    .isEqualTo(store.merchantId().toString());
        }
    }

    @Test
    void what_is_not_a_code_of_ours_for_this_purpose_is_invalid() {
        Reply code = codeOf(store);
        String number = code.at("/code");
        String mistyped = number.substring(0, 7) + (number.charAt(7) - '0' + 1) % 10;
        for (String bad :
                List.of(
                        "",
                        "hello",
                        mistyped,
                        "00000000",
                        "https://example.com/s/" + code.at("/url").replaceFirst(".*/s/", ""),
                        forged(code.at("/url")),
                        code.at("/emv").substring(0, code.at("/emv").length() - 1) + "g",
                        customerCode(),
                        "x".repeat(10_000))) {
            refused("422 code-invalid", () -> userScan(bad, 100));
        }
        String customer = customerCode();
        for (String bad :
                List.of(
                        forged(customer),
                        customer.substring(0, 40),
                        "HM2." + customer.substring(4),
                        code.at("/url"),
                        code.at("/emv"),
                        number)) {
            refused("422 code-invalid", () -> storeScan(bad, 100));
        }
        assertThat(idOf(storeScan(customer, 100))).as("nothing of it used it up").isNotEmpty();
    }

    /** One character in the middle is another. */
    private static String forged(String code) {
        int middle = code.length() - 20;
        return code.substring(0, middle)
                + (code.charAt(middle) == 'A' ? 'B' : 'A')
                + code.substring(middle + 1);
    }

    @Test
    void a_customers_code_serves_once() {
        String code = customerCode();
        String id = idOf(storeScan(code, 100));
        refused("409 code-already-used", () -> storeScan(code, 100));
        decline(citizen, id);
        refused("409 code-already-used", () -> storeScan(code, 100));
        String contested = customerCode();
        assertThat(atOnce(3, _ -> storeScan(contested, 100)))
                .extracting(Reply::status)
                .containsExactlyInAnyOrder(201, 409, 409);
    }

    @Test
    void a_customers_code_ends_but_what_was_proposed_in_time_is_answered_again() {
        String code = customerCode();
        String late = customerCode();
        String key = "scan-" + fresh();
        Map<String, Object> scan = scan("STORE_SCAN", code, 100);
        Reply first = Call.by(store).key(key).post(PAYMENTS, scan);
        pass(Duration.ofSeconds(90));
        refused("409 code-expired", () -> storeScan(late, 100));
        Reply again = Call.by(store).key(key).post(PAYMENTS, scan);
        assertThat(again.isReplay()).isTrue();
        assertThat(again.text()).isEqualTo(first.text());
        refused(
                "422 idempotency-key-reused",
                () -> Call.by(store).key(key).post(PAYMENTS, scan("STORE_SCAN", code, 101)));
    }

    @Test
    void a_suspended_store_takes_nothing_but_what_was_proposed_before() {
        String code = codeOf(store).at("/url");
        String before = idOf(userScan(code, 100));
        String merchant = "/api/v1/merchants/" + store.merchantId();
        assertThat(Call.by(clerk).patch(merchant, Map.of("suspend", true)).status()).isEqualTo(200);
        refused("409 store-not-accepting", () -> userScan(code, 100));
        refused("409 store-not-accepting", () -> storeScan(customerCode(), 100));
        assertThat(confirm(store, before).at("/state")).isEqualTo("CAPTURED");
        Call.by(clerk).patch(merchant, Map.of("suspend", false));
        assertThat(idOf(userScan(code, 100))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.5", "100.01", "9223372036854775808", "1e400", "-1e400"})
    void an_amount_nobody_can_pay_is_invalid(String amount) {
        refused("422 invalid-amount", () -> userScan(new BigDecimal(amount)));
        refused("422 invalid-amount", () -> storeScan(customerCode(), new BigDecimal(amount)));
    }

    @Test
    void the_largest_number_is_merely_more_than_there_is() {
        Reply reply = refused("409 insufficient-points", () -> userScan(Long.MAX_VALUE));
        assertThat(reply.number("/amount")).isEqualTo(Long.MAX_VALUE);
        refused("400 malformed-request", () -> userScan("100"));
    }

    @Test
    void each_side_scans_only_the_other() {
        String code = codeOf(store).at("/url");
        refused("403 forbidden", () -> Call.by(store).post(PAYMENTS, scan("USER_SCAN", code, 100)));
        refused(
                "403 forbidden",
                () -> Call.by(citizen).post(PAYMENTS, scan("STORE_SCAN", customerCode(), 100)));
    }

    // --- reading

    @Test
    void a_payment_is_shown_to_its_two_sides_and_to_the_city() {
        String path = PAYMENTS + "/" + idOf(userScan(600));
        assertThat(Call.by(citizen).get(path).at("/walletId"))
                .isEqualTo(citizen.walletId().toString());
        Reply atStore = Call.by(store).get(path);
        assertThat(atStore.number("/amount")).isEqualTo(600);
        assertThat(atStore.json().has("walletId")).as("by whom is not the store's").isFalse();
        for (Person other : List.of(citizen(), store("LOCAL"))) {
            assertThat(Call.by(other).get(path).problem()).isEqualTo("404 not-found");
        }
        for (Role role : List.of(Role.COUNTER, Role.FINANCE_APPROVER, Role.AUDITOR)) {
            assertThat(Call.by(staff(role)).get(path).status()).isEqualTo(200);
        }
        Person support = staff(Role.SUPPORT);
        assertThat(Call.by(support).get(path).problem()).isEqualTo("400 access-reason-required");
        assertThat(Call.by(support).with("Access-Reason", "inquiry 17").get(path).status())
                .isEqualTo(200);
    }

    @Test
    void the_day_of_a_store_adds_up_per_register() {
        String merchant = "/api/v1/merchants/" + store.merchantId();
        String register =
                Call.by(store)
                        .post(merchant + "/registers", Map.of("name", "レジ1"))
                        .at("/registerId");
        assertThat(register).isNotEmpty();
        confirm(store, idOf(userScan(400)));
        confirm(
                store,
                idOf(
                        userScan(
                                Call.by(store)
                                        .get(merchant + "/code?registerId=" + register)
                                        .at("/url"),
                                350)));
        Map<String, Object> atRegister = scan("STORE_SCAN", customerCode(), 50);
        atRegister.put("registerId", register);
        confirm(citizen, idOf(Call.by(store).post(PAYMENTS, atRegister)));
        decline(store, idOf(userScan(999)));
        userScan(888);

        JsonNode close = Call.by(store).get(merchant + "/day-close").json();
        assertThat(close.at("/total").longValue()).isEqualTo(800);
        assertThat(close.at("/registers").size()).isEqualTo(2);
        assertThat(close.at("/registers/0/registerId").asString()).isEmpty();
        assertThat(close.at("/registers/0/captured").longValue()).isEqualTo(400);
        assertThat(close.at("/registers/1/registerId").asString()).isEqualTo(register);
        assertThat(close.at("/registers/1/captured").longValue()).isEqualTo(400);
        assertThat(close.at("/registers/1/count").longValue()).isEqualTo(2);

        Reply day = Call.by(store).get(merchant + "/payments?date=" + close.at("/date").asString());
        assertThat(day.json().at("/items").findValuesAsString("state"))
                .containsExactly("PROPOSED", "DECLINED", "CAPTURED", "CAPTURED", "CAPTURED");
        assertThat(Call.by(store).get(merchant + "/payments?date=2023-10-01").json().at("/items"))
                .isEmpty();
        assertThat(Call.by(store).get(merchant + "/day-close?date=yesterday").problem())
                .isEqualTo("400 malformed-request");
        for (String what : List.of("/payments", "/day-close")) {
            assertThat(Call.by(store("LOCAL")).get(merchant + what).problem())
                    .isEqualTo("404 not-found");
            assertThat(Call.by(clerk).get(merchant + what).status()).isEqualTo(200);
        }
    }

    @Test
    @Timeout(60)
    void a_proposal_reaches_the_store_and_the_outcome_the_citizen_as_they_happen() {
        try (Stream<String> atStore = Call.by(store).lines(PAYMENTS + "/stream");
                Stream<String> atCitizen = Call.by(citizen).lines(PAYMENTS + "/stream")) {
            idOf(Call.by(citizenElsewhere()).post(PAYMENTS, scan("USER_SCAN", elsewhere(), 100)));
            String id = idOf(userScan(250));
            Iterator<String> heardByStore = atStore.iterator();
            assertThat(next(heardByStore, "event:")).isEqualTo("event:proposal");
            assertThat(next(heardByStore, "data:")).contains(id, "PROPOSED");
            confirm(store, id);
            assertThat(next(heardByStore, "event:")).isEqualTo("event:outcome");
            Iterator<String> heardByCitizen = atCitizen.iterator();
            assertThat(next(heardByCitizen, "event:")).isEqualTo("event:proposal");
            assertThat(next(heardByCitizen, "event:")).isEqualTo("event:outcome");
            assertThat(next(heardByCitizen, "data:")).contains(id, "CAPTURED");
        }
    }

    @Test
    void a_till_that_is_not_the_stores_takes_no_payment() {
        String elsewhere =
                Call.by(clerk)
                        .post(
                                "/api/v1/merchants/" + store("LOCAL").merchantId() + "/registers",
                                Map.of("name", "レジ1"))
                        .at("/registerId");
        String code = customerCode();
        for (String register : List.of(elsewhere, "reg_" + "0".repeat(32))) {
            Map<String, Object> scan = scan("STORE_SCAN", code, 50);
            scan.put("registerId", register);
            refused("403 forbidden", () -> Call.by(store).post(PAYMENTS, scan));
        }
        assertThat(Call.by(store).post(PAYMENTS, scan("STORE_SCAN", code, 50)).status())
                .as("the code has not served")
                .isEqualTo(201);
    }

    @Test
    void a_till_takes_payments_from_the_moment_it_is_opened() {
        String merchant = "/api/v1/merchants/" + store.merchantId();
        for (int i = 0; i < 20; i++) {
            Map<String, Object> scan = scan("STORE_SCAN", customerCode(), 1);
            scan.put(
                    "registerId",
                    Call.by(store)
                            .post(merchant + "/registers", Map.of("name", "レジ"))
                            .at("/registerId"));
            Reply proposed = Call.by(store).post(PAYMENTS, scan);
            assertThat(proposed.status()).as(proposed.toString()).isEqualTo(201);
        }
    }

    @Test
    void what_has_happened_is_pending_and_no_error_while_its_answer_cannot_be_told() {
        String code = codeOf(store).at("/url");
        byte[] sealed = sealed();
        seal(new byte[40]);
        String key = "pending-" + fresh();
        long before = head();
        Reply pending = Call.by(citizen).key(key).post(PAYMENTS, scan("USER_SCAN", code, 300));
        assertThat(pending.status()).as(pending.toString()).isEqualTo(202);
        assertThat(pending.at("/state")).isEqualTo("PENDING");
        assertThat(pending.at("/request")).isEqualTo("/api/v1/requests/" + key);
        assertThat(pending.position()).isGreaterThan(before);

        seal(sealed);
        Reply found = Call.by(citizen).get(pending.at("/request"));
        assertThat(found.number("/status")).isEqualTo(201);
        assertThat(found.at("/body/state")).isEqualTo("PROPOSED");
        Reply again = Call.by(citizen).key(key).post(PAYMENTS, scan("USER_SCAN", code, 300));
        assertThat(again.isReplay()).isTrue();
        assertThat(again.json()).isEqualTo(found.json().at("/body"));
    }

    private byte[] sealed() {
        return bean(JdbcClient.class)
                .sql("SELECT sealed FROM personal_data WHERE subject_id = ?")
                .param(store.merchantId().toString())
                .query(byte[].class)
                .single();
    }

    private void seal(byte[] sealed) {
        bean(JdbcClient.class)
                .sql("UPDATE personal_data SET sealed = ? WHERE subject_id = ?")
                .params(sealed, store.merchantId().toString())
                .update();
    }

    private static Person citizenElsewhere() {
        return citizenWith(1_000, now().plus(Duration.ofDays(30)));
    }

    private String elsewhere() {
        return codeOf(store("LOCAL")).at("/code");
    }

    private static String next(Iterator<String> lines, String beginning) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + beginning);
    }
}
