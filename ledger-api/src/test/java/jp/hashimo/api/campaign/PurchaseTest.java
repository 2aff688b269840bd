package jp.hashimo.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseTest extends ApiTest {
    private static final String PURCHASES = "/api/v1/purchases";
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Person clerk = staff(Role.COUNTER);
    private final Person buyer = citizen();
    private final CampaignId sale = sale(now().minus(A_DAY), now().plus(A_DAY), 3_000_000);

    @AfterAll
    static void leave_nothing_open() {
        endWhatIsOpen();
    }

    private static CampaignId draft(Instant from, Instant until, long premiumBudget) {
        var id = new CampaignId(fresh());
        done(
                new DraftCampaign(
                        id,
                        new CampaignTerms(
                                "プレミアム付商品券",
                                2023,
                                new Yen(1_000),
                                new Points(300),
                                new Yen(10_000),
                                new Points(premiumBudget),
                                from,
                                until,
                                until.plus(Duration.ofDays(15)),
                                LateReversal.FORFEIT),
                        userId()));
        return id;
    }

    private static CampaignId sale(Instant from, Instant until, long premiumBudget) {
        CampaignId id = draft(from, until, premiumBudget);
        done(new SteerCampaign(id, new SteerCampaign.Move.Approve(), userId()));
        return id;
    }

    private static Map<String, Object> wish(
            Person buyer, CampaignId sale, Object amount, String channel) {
        var wish = new HashMap<String, Object>();
        wish.put("walletId", buyer.walletId().toString());
        wish.put("campaignId", sale.toString());
        wish.put("amount", amount);
        wish.put("channel", channel);
        return wish;
    }

    private Reply atTheCounter(Object amount) {
        return atTheCounter(sale, amount);
    }

    private Reply atTheCounter(CampaignId campaign, Object amount) {
        return Call.by(clerk).post(PURCHASES, wish(buyer, campaign, amount, "COUNTER"));
    }

    private Reply byCard(Object amount) {
        return Call.by(buyer).post(PURCHASES, wish(buyer, sale, amount, "CARD"));
    }

    private static String idOf(Reply reserved) {
        assertThat(reserved.status()).as(reserved.toString()).isEqualTo(201);
        return reserved.at("/purchaseId");
    }

    private static String paid(String id) {
        return PURCHASES + "/" + id + "/paid";
    }

    private Reply cash(String id) {
        return Call.by(clerk).post(paid(id), Map.of("paymentReference", "till-" + fresh()));
    }

    private static Reply cancel(Person by, String id) {
        return Call.by(by).post(PURCHASES + "/" + id + "/cancel");
    }

    private static String stateOf(Person reader, String id) {
        return Call.by(reader).get(PURCHASES + "/" + id).at("/state");
    }

    private long total() {
        return Call.by(buyer).get("/api/v1/wallets/" + buyer.walletId()).number("/total");
    }

    // --- at the counter

    @Test
    void cash_at_the_counter_becomes_purchased_and_premium_points_at_once() {
        Reply reserved = atTheCounter(10_000);
        assertThat(reserved.at("/state")).isEqualTo("RESERVED");
        assertThat(reserved.number("/amount")).isEqualTo(10_000);
        assertThat(reserved.number("/premium")).isEqualTo(3_000);
        assertThat(Duration.between(now(), Instant.parse(reserved.at("/reservedUntil"))))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(total()).as("reserved is not issued").isZero();

        Reply issued = cash(idOf(reserved));
        assertThat(issued.status()).as(issued.toString()).isEqualTo(200);
        assertThat(issued.at("/state")).isEqualTo("ISSUED");
        assertThat(issued.at("/lots/0/kind")).isEqualTo("PURCHASED");
        assertThat(issued.at("/lots/0/scope")).isEqualTo("ALL");
        assertThat(issued.number("/lots/0/face")).isEqualTo(10_000);
        assertThat(issued.at("/lots/1/kind")).isEqualTo("PREMIUM");
        assertThat(issued.at("/lots/1/scope")).isEqualTo("LOCAL");
        assertThat(issued.number("/lots/1/face")).isEqualTo(3_000);
        assertThat(issued.json().at("/lots").size()).isEqualTo(2);
        assertThat(total()).isEqualTo(13_000);
    }

    @Test
    void cash_reported_twice_issues_once() {
        String id = idOf(atTheCounter(2_000));
        Map<String, String> money = Map.of("paymentReference", "till-" + fresh());
        Reply first = Call.by(clerk).key("k-" + id).post(paid(id), money);
        Reply again = Call.by(clerk).key("k-" + id).post(paid(id), money);
        assertThat(again.isReplay()).isTrue();
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.position()).isEqualTo(first.position());

        refused("409 payment-reference-used", () -> Call.by(clerk).post(paid(id), money));
        assertThat(refused("409 purchase-not-reserved", () -> cash(id)).at("/state"))
                .isEqualTo("ISSUED");
        String other = idOf(atTheCounter(1_000));
        refused("409 payment-reference-used", () -> Call.by(clerk).post(paid(other), money));
        assertThat(total()).isEqualTo(2_600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1000",
                "1500",
                "999",
                "10001",
                "11000",
                "1000.5",
                "0.1",
                "9223372036854775000",
                "9223372036854775808",
                "1e400",
                "-1e400"
            })
    void an_amount_that_is_not_sold_is_told_unit_and_limits(String amount) {
        Reply reply = refused("422 invalid-unit", () -> atTheCounter(new BigDecimal(amount)));
        assertThat(reply.number("/unit")).isEqualTo(1_000);
        assertThat(reply.number("/min")).isEqualTo(1_000);
        assertThat(reply.number("/max")).isEqualTo(10_000);
        assertThat(reply.at("/detail")).contains("1,000", "10,000");
    }

    @Test
    void an_amount_that_is_no_number_is_malformed() {
        for (Object amount : List.of("1000", "千円", "", true, List.of(1_000), Map.of())) {
            Reply reply = refused("400 malformed-request", () -> atTheCounter(amount));
            assertThat(reply.at("/pointer")).as(amount.toString()).isEqualTo("/amount");
        }
    }

    @Test
    void the_checks_come_in_the_order_state_window_unit_cap_budget() {
        Instant soon = now().plus(A_DAY);
        CampaignId draft = draft(soon, soon.plus(A_DAY), 300);
        assertThat(refused("409 sale-not-open", () -> atTheCounter(draft, 1)).at("/opensAt"))
                .endsWith("+09:00");
        CampaignId early = sale(soon, soon.plus(A_DAY), 300);
        Reply notYet = refused("409 sale-not-open", () -> atTheCounter(early, 1));
        assertThat(Instant.parse(notYet.at("/opensAt"))).isEqualTo(soon);
        done(new SteerCampaign(early, new SteerCampaign.Move.Suspend(), userId()));
        refused("409 sale-suspended", () -> atTheCounter(early, 1));
        Instant ended = now().minusSeconds(1);
        CampaignId late = sale(ended.minus(A_DAY), ended, 300);
        Reply over = refused("409 sale-closed", () -> atTheCounter(late, 1));
        assertThat(Instant.parse(over.at("/closedAt"))).isEqualTo(ended);

        CampaignId tiny = sale(now().minus(A_DAY), soon, 2 * 300);
        refused("422 invalid-unit", () -> atTheCounter(tiny, 11_000));
        idOf(atTheCounter(tiny, 1_000));
        Reply cap = refused("409 purchase-cap-exceeded", () -> atTheCounter(tiny, 10_000));
        assertThat(cap.number("/remaining")).isEqualTo(9_000);
        assertThat(
                        refused("409 budget-exhausted", () -> atTheCounter(tiny, 9_000))
                                .number("/unitsRemaining"))
                .isEqualTo(1);
    }

    @Test
    void the_cap_counts_all_channels_and_the_answer_says_what_is_left() {
        idOf(byCard(6_000));
        Reply reply = refused("409 purchase-cap-exceeded", () -> atTheCounter(5_000));
        assertThat(reply.number("/cap")).isEqualTo(10_000);
        assertThat(reply.number("/bought")).isEqualTo(6_000);
        assertThat(reply.number("/remaining")).isEqualTo(4_000);
        idOf(atTheCounter(4_000));
        assertThat(refused("409 purchase-cap-exceeded", () -> byCard(1_000)).number("/remaining"))
                .isZero();
    }

    @Test
    void two_devices_that_ask_for_6000_at_once_get_it_once() {
        List<Reply> replies = atOnce(2, _ -> byCard(6_000));
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void the_last_units_go_to_whoever_asks_for_no_more_than_there_are() {
        CampaignId tiny = sale(now().minus(A_DAY), now().plus(A_DAY), 2 * 300 + 299);
        assertThat(
                        refused("409 budget-exhausted", () -> atTheCounter(tiny, 5_000))
                                .number("/unitsRemaining"))
                .isEqualTo(2);
        String id = idOf(atTheCounter(tiny, 2_000));
        assertThat(
                        refused("409 budget-exhausted", () -> atTheCounter(tiny, 1_000))
                                .number("/unitsRemaining"))
                .isZero();
        cancel(clerk, id);
        idOf(atTheCounter(tiny, 2_000));
    }

    @Test
    void whoever_reserved_may_cancel_and_cap_and_budget_are_free_again() {
        String id = idOf(atTheCounter(10_000));
        refused("403 forbidden", () -> cancel(staff(Role.COUNTER), id));
        refused("403 forbidden", () -> cancel(buyer, id));
        Reply cancelled = cancel(clerk, id);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.at("/state")).isEqualTo("CANCELLED");
        assertThat(stateOf(clerk, id)).isEqualTo("CANCELLED");
        assertThat(refused("409 purchase-not-reserved", () -> cancel(clerk, id)).at("/state"))
                .isEqualTo("CANCELLED");
        assertThat(refused("409 purchase-not-reserved", () -> cash(id)).at("/state"))
                .isEqualTo("CANCELLED");

        String issued = idOf(atTheCounter(10_000));
        cash(issued);
        assertThat(refused("409 purchase-not-reserved", () -> cancel(clerk, issued)).at("/state"))
                .isEqualTo("ISSUED");
        refused("404 not-found", () -> cancel(clerk, "pur_00000000000000000000000000000000"));
    }

    @Test
    void nobody_buys_into_anothers_wallet_or_through_a_channel_that_is_not_his() {
        Person other = citizen();
        refused(
                "403 forbidden",
                () -> Call.by(other).post(PURCHASES, wish(buyer, sale, 1_000, "CARD")));
        refused(
                "403 forbidden",
                () -> Call.by(buyer).post(PURCHASES, wish(buyer, sale, 1_000, "COUNTER")));
        refused(
                "403 forbidden",
                () -> Call.by(clerk).post(PURCHASES, wish(buyer, sale, 1_000, "CARD")));
        Map<String, Object> nowhere = wish(buyer, sale, 1_000, "COUNTER");
        nowhere.put("walletId", "wal_00000000000000000000000000000000");
        refused("404 not-found", () -> Call.by(clerk).post(PURCHASES, nowhere));
        Map<String, Object> noSale = wish(buyer, sale, 1_000, "COUNTER");
        noSale.put("campaignId", "cmp_00000000000000000000000000000000");
        refused("404 not-found", () -> Call.by(clerk).post(PURCHASES, noSale));
    }

    @Test
    void a_convenience_store_leaves_three_days_to_pay() {
        Reply reserved = Call.by(buyer).post(PURCHASES, wish(buyer, sale, 1_000, "CONVENIENCE"));
        assertThat(Duration.between(now(), Instant.parse(reserved.at("/reservedUntil"))))
                .isBetween(Duration.ofDays(3).minusMinutes(1), Duration.ofDays(3));
    }

    @Test
    void a_clerk_who_comes_too_late_hands_the_cash_back() {
        String id = idOf(atTheCounter(10_000));
        String until = Call.by(clerk).get(PURCHASES + "/" + id).at("/reservedUntil");
        pass(Duration.ofMinutes(10));
        assertThat(stateOf(clerk, id)).isEqualTo("LAPSED");
        assertThat(refused("409 reservation-lapsed", () -> cash(id)).at("/lapsedAt"))
                .isEqualTo(until);
        refused("409 reservation-lapsed", () -> cancel(clerk, id));
        workOffWhatIsDue();
        refused("409 reservation-lapsed", () -> cash(id));
        assertThat(total()).isZero();
        idOf(atTheCounter(10_000));
    }

    @Test
    void a_purchase_is_shown_to_its_owner_and_to_the_city() {
        String path = PURCHASES + "/" + idOf(byCard(3_000));
        Reply own = Call.by(buyer).get(path);
        assertThat(own.at("/state")).isEqualTo("RESERVED");
        assertThat(own.at("/channel")).isEqualTo("CARD");
        assertThat(own.at("/walletId")).isEqualTo(buyer.walletId().toString());
        assertThat(own.number("/amount")).isEqualTo(3_000);
        assertThat(own.number("/premium")).isEqualTo(900);
        assertThat(own.json().has("lots")).isFalse();
        assertThat(Call.by(citizen()).get(path).problem()).isEqualTo("404 not-found");
        for (Role role : List.of(Role.COUNTER, Role.FINANCE_CLERK, Role.AUDITOR)) {
            assertThat(Call.by(staff(role)).get(path).status()).isEqualTo(200);
        }
        Person support = staff(Role.SUPPORT);
        assertThat(Call.by(support).get(path).problem()).isEqualTo("400 access-reason-required");
        assertThat(Call.by(support).with("Access-Reason", "inquiry 17").get(path).status())
                .isEqualTo(200);
        assertThat(Call.by(clerk).get(PURCHASES + "/pur_0").problem()).isEqualTo("404 not-found");
    }

    // --- by card: the provider's word, signed

    private static Map<String, Object> notice(String id, long amount, String reference) {
        var notice = new HashMap<String, Object>();
        notice.put("purchaseId", id);
        notice.put("amount", amount);
        notice.put("paymentReference", reference);
        notice.put("paidAt", "2023-10-02T09:05:00+09:00");
        return notice;
    }

    private static Reply tell(String id, Map<String, Object> notice) {
        return tell(id, PspNotice.json(notice));
    }

    private static Reply tell(String id, String body) {
        return PspNotice.signed(paid(id), body).post(paid(id), body);
    }

    @Test
    void a_signed_notice_issues_once_however_often_it_is_sent() {
        String id = idOf(byCard(10_000));
        String body = PspNotice.json(notice(id, 10_000, "psp-" + fresh()));
        Reply first = tell(id, body);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.at("/state")).isEqualTo("ISSUED");
        assertThat(first.json().at("/lots").size()).isEqualTo(2);
        Reply again = tell(id, body);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.isReplay()).isTrue();
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(total()).isEqualTo(13_000);
        Reply shown = Call.by(buyer).get(PURCHASES + "/" + id);
        assertThat(shown.at("/state")).isEqualTo("ISSUED");
        assertThat(shown.number("/lots/0/face")).isEqualTo(10_000);
    }

    @Test
    void a_notice_that_is_not_signed_by_the_provider_just_now_for_this_call_moves_nothing() {
        String id = idOf(byCard(1_000));
        String path = paid(id);
        String body = PspNotice.json(notice(id, 1_000, "psp-" + fresh()));
        Instant wall = PspNotice.wall();
        String good = PspNotice.signature(wall, path, body);
        for (String bad :
                List.of(
                        "",
                        "t=1,v1=",
                        good.replaceFirst("v1=.", "v1=g"),
                        good.substring(0, good.length() - 1) + (good.endsWith("0") ? "1" : "0"),
                        good.replaceFirst("t=[0-9]+", "t=" + (wall.getEpochSecond() - 1)),
                        PspNotice.signature(wall.minusSeconds(302), path, body),
                        PspNotice.signature(wall.plusSeconds(310), path, body),
                        PspNotice.signature(wall, paid(idOf(byCard(1_000))), body),
                        PspNotice.signature(wall, path, body + " "))) {
            refused(
                    "401 webhook-signature-invalid",
                    () ->
                            Call.byNobody()
                                    .withoutKey()
                                    .with("Hashimo-Signature", bad)
                                    .post(path, body));
        }
        refused(
                "401 webhook-signature-invalid",
                () -> Call.byNobody().withoutKey().post(path, body));
        refused("403 forbidden", () -> Call.by(buyer).post(path, body));
        assertThat(
                        Call.byNobody()
                                .withoutKey()
                                .with(
                                        "Hashimo-Signature",
                                        PspNotice.signature(
                                                wall.minus(Duration.ofMinutes(4)), path, body))
                                .post(path, body)
                                .at("/state"))
                .as("four minutes old is young enough")
                .isEqualTo("ISSUED");
    }

    @Test
    void a_notice_of_another_amount_or_purchase_is_refused_with_the_numbers() {
        String id = idOf(byCard(3_000));
        String reference = "psp-" + fresh();
        Reply amount =
                refused("422 payment-amount-differs", () -> tell(id, notice(id, 2_000, reference)));
        assertThat(amount.number("/expected")).isEqualTo(3_000);
        assertThat(amount.number("/received")).isEqualTo(2_000);
        String nothing = "pur_00000000000000000000000000000000";
        refused("404 not-found", () -> tell(nothing, notice(nothing, 3_000, reference)));
        String other = idOf(byCard(3_000));
        assertThat(
                        refused(
                                        "400 malformed-request",
                                        () -> tell(id, notice(other, 3_000, reference)))
                                .at("/pointer"))
                .isEqualTo("/purchaseId");
        assertThat(tell(id, notice(id, 3_000, reference)).at("/state"))
                .as("a refusal is not remembered")
                .isEqualTo("ISSUED");
    }

    @Test
    void a_reference_stands_for_one_notice_for_ever() {
        String id = idOf(byCard(3_000));
        String reference = "psp-" + fresh();
        assertThat(tell(id, notice(id, 3_000, reference)).status()).isEqualTo(200);
        Map<String, Object> reworded = notice(id, 3_000, reference);
        reworded.put("paidAt", "2023-10-02T09:05:01+09:00");
        refused("409 payment-reference-used", () -> tell(id, reworded));
        refused("422 payment-amount-differs", () -> tell(id, notice(id, 1_000, reference)));
        String other = idOf(byCard(3_000));
        refused("409 payment-reference-used", () -> tell(other, notice(other, 3_000, reference)));
        String cash = idOf(atTheCounter(1_000));
        refused(
                "409 payment-reference-used",
                () -> Call.by(clerk).post(paid(cash), Map.of("paymentReference", reference)));
        assertThat(total()).isEqualTo(3_900);
    }

    @Test
    void a_clerk_has_no_word_on_card_money_nor_the_provider_on_cash() {
        String card = idOf(byCard(1_000));
        refused("403 forbidden", () -> cash(card));
        String counter = idOf(atTheCounter(1_000));
        refused("403 forbidden", () -> tell(counter, notice(counter, 1_000, "psp-" + fresh())));
    }

    @Test
    void a_notice_that_is_malformed_is_said_so_after_its_signature_was_proved() {
        String id = idOf(byCard(1_000));
        Map<String, Object> nul = notice(id, 1_000, "psp-\u0000");
        Map<String, Object> noAmount = notice(id, 1_000, "psp-" + fresh());
        noAmount.remove("amount");
        Map<String, Object> when = notice(id, 1_000, "psp-" + fresh());
        when.put("paidAt", "yesterday");
        for (String body :
                List.of(
                        "",
                        "null",
                        "{",
                        "[]",
                        PspNotice.json(nul),
                        PspNotice.json(noAmount),
                        PspNotice.json(when),
                        PspNotice.json(Map.of("purchaseId", id, "more", 1)))) {
            refused("400 malformed-request", () -> tell(id, body));
        }
        for (String body :
                List.of(
                        "",
                        "null",
                        "{}",
                        "{\"paymentReference\":\" \"}",
                        "{\"paymentReference\":1}")) {
            refused("400 malformed-request", () -> Call.by(clerk).post(paid(id), body));
        }
    }

    @Test
    void money_that_comes_too_late_is_kept_to_be_returned() {
        String id = idOf(byCard(10_000));
        String body = PspNotice.json(notice(id, 10_000, "psp-" + fresh()));
        pass(Duration.ofMinutes(10));
        Reply late = tell(id, body);
        assertThat(late.status()).as(late.toString()).isEqualTo(200);
        assertThat(late.at("/state")).isEqualTo("MONEY_TO_RETURN");
        assertThat(late.at("/taskId")).isNotEmpty();
        Reply again = tell(id, body);
        assertThat(again.isReplay()).isTrue();
        assertThat(again.at("/taskId")).isEqualTo(late.at("/taskId"));
        assertThat(stateOf(buyer, id)).isEqualTo("LAPSED");
        assertThat(total()).isZero();
        idOf(byCard(10_000));
    }

    @Test
    void money_for_a_cancelled_or_a_paid_purchase_is_kept_to_be_returned() {
        String cancelled = idOf(byCard(2_000));
        assertThat(cancel(buyer, cancelled).status()).isEqualTo(200);
        assertThat(tell(cancelled, notice(cancelled, 2_000, "psp-" + fresh())).at("/state"))
                .isEqualTo("MONEY_TO_RETURN");
        String charged = idOf(byCard(2_000));
        tell(charged, notice(charged, 2_000, "psp-" + fresh()));
        assertThat(tell(charged, notice(charged, 2_000, "psp-" + fresh())).at("/state"))
                .as("charged twice")
                .isEqualTo("MONEY_TO_RETURN");
        assertThat(stateOf(buyer, charged)).isEqualTo("ISSUED");
        assertThat(total()).isEqualTo(2_600);
    }

    @Test
    void a_reservation_is_made_once_however_often_it_is_tapped() {
        Map<String, Object> wish = wish(buyer, sale, 4_000, "CARD");
        String key = "tap-" + fresh();
        List<Reply> taps = atOnce(5, _ -> Call.by(buyer).key(key).post(PURCHASES, wish));
        assertThat(taps).extracting(Reply::status).containsOnly(201);
        assertThat(taps)
                .extracting(tap -> tap.at("/purchaseId"))
                .containsOnly(idOf(taps.getFirst()));
        assertThat(taps.stream().filter(tap -> !tap.isReplay())).hasSize(1);
        assertThat(byCard(6_000).status()).isEqualTo(201);
    }
}
