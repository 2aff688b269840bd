package jp.hashimo.api.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.gateway.CodeReader;
import jp.hashimo.gateway.ScannedCode;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletTest extends ApiTest {
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final Instant inAYear =
            now().plus(Duration.ofDays(365)).truncatedTo(ChronoUnit.SECONDS);

    @AfterEach
    void let_the_clock_run() {
        LedgerClock clock = bean(LedgerClock.class);
        if (clock.stands()) {
            clock.moveTo(clock.instant(), false);
        }
    }

    private static String path(Person owner) {
        return "/api/v1/wallets/" + owner.walletId();
    }

    private static PaymentId propose(Person citizen, Person store, long amount) {
        var paymentId = new PaymentId(fresh());
        done(
                new ProposePayment(
                        paymentId,
                        citizen.walletId(),
                        store.merchantId(),
                        null,
                        ScanMode.USER_SCAN,
                        null,
                        amount,
                        HOLD));
        return paymentId;
    }

    @Test
    void a_new_wallet_is_empty() {
        Person citizen = citizen();
        Reply wallet = Call.by(citizen).get(path(citizen));

        assertThat(wallet.status()).isEqualTo(200);
        assertThat(wallet.at("/walletId")).isEqualTo(citizen.walletId().toString());
        for (String sum :
                List.of(
                        "/total",
                        "/available",
                        "/held",
                        "/byScope/ALL/available",
                        "/byScope/ALL/held",
                        "/byScope/LOCAL/available",
                        "/byScope/LOCAL/held")) {
            assertThat(wallet.json().at(sum).isIntegralNumber()).as(sum).isTrue();
            assertThat(wallet.number(sum)).as(sum).isZero();
        }
        assertThat(wallet.json().at("/nextExpiry").isNull()).isTrue();
        assertThat(wallet.number("/position")).isEqualTo(wallet.position());
    }

    @Test
    void one_read_shows_total_available_and_held_with_the_lots_they_stand_on() {
        Person citizen = citizenWith(10_000, inAYear);
        propose(citizen, shopkeeper(StoreClass.COMMON), 4_000);

        Reply wallet = Call.by(citizen).get(path(citizen));
        assertThat(wallet.number("/total")).isEqualTo(13_000);
        assertThat(wallet.number("/available")).isEqualTo(9_000);
        assertThat(wallet.number("/held")).isEqualTo(4_000);
        assertThat(wallet.number("/byScope/ALL/available")).isEqualTo(6_000);
        assertThat(wallet.number("/byScope/ALL/held")).isEqualTo(4_000);
        assertThat(wallet.number("/byScope/LOCAL/available")).isEqualTo(3_000);
        assertThat(wallet.number("/nextExpiry/amount")).isEqualTo(13_000);
        assertThat(Instant.parse(wallet.at("/nextExpiry/at"))).isEqualTo(inAYear);
        assertThat(wallet.at("/nextExpiry/at")).endsWith("+09:00");
        assertThat(wallet.at("/lots/0/kind")).isEqualTo("PREMIUM");
        assertThat(wallet.at("/lots/0/fund")).isEqualTo("PREMIUM-2023");
        assertThat(wallet.at("/lots/1/kind")).isEqualTo("PURCHASED");
        assertThat(wallet.number("/lots/1/face")).isEqualTo(10_000);
        assertThat(wallet.number("/lots/1/remaining")).as("held included").isEqualTo(10_000);
        assertThat(wallet.number("/lots/1/held")).isEqualTo(4_000);
        assertThat(wallet.at("/lots/1/issuedAt")).isNotEmpty();
        assertThat(wallet.at("/lots/1/campaignId")).startsWith("cmp_");
    }

    @Test
    void the_balance_is_exact_to_the_instant_though_no_job_has_run() {
        LedgerClock clock = bean(LedgerClock.class);
        Instant tomorrow = now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        Person citizen = citizenWith(10_000, tomorrow);
        Person store = shopkeeper(StoreClass.LOCAL);
        assertThat(clock.moveTo(tomorrow.minusSeconds(60), true)).isTrue();
        propose(citizen, store, 5_000);
        Instant before = tomorrow.minusNanos(1_000);
        clock.moveTo(before, true);
        assertThat(Call.by(citizen).get(path(citizen)).number("/total")).isEqualTo(13_000);

        clock.moveTo(tomorrow, true);
        Reply expired = Call.by(citizen).get(path(citizen));
        assertThat(expired.number("/total")).as("only what is held").isEqualTo(5_000);
        assertThat(expired.number("/held")).isEqualTo(5_000);
        assertThat(expired.number("/available")).isZero();
        assertThat(expired.json().at("/nextExpiry").isNull()).isTrue();
        assertThat(expired.number("/byScope/LOCAL/held") + expired.number("/byScope/ALL/held"))
                .isEqualTo(5_000);

        clock.moveTo(tomorrow.minusSeconds(60).plus(HOLD), true);
        Reply ended = Call.by(citizen).get(path(citizen));
        assertThat(ended.number("/total")).isZero();
        assertThat(ended.json().at("/lots").size()).isZero();

        Reply past = Call.by(citizen).get(path(citizen) + "?asOf=" + before);
        assertThat(past.number("/total")).isEqualTo(13_000);
        assertThat(past.number("/held")).isEqualTo(5_000);
    }

    @Test
    void as_of_an_instant_is_as_of_the_last_position_before_it() {
        Person citizen = citizen();
        Instant registered = stampOfHead();
        buy(citizen.walletId(), saleUntil(inAYear), 2_000);
        Instant issued = stampOfHead();

        Reply before = Call.by(citizen).get(path(citizen) + "?asOf=" + issued);
        assertThat(before.number("/total")).isZero();
        assertThat(before.number("/position")).isLessThan(head()).isEqualTo(before.position());
        Reply after = Call.by(citizen).get(path(citizen) + "?asOf=" + issued.plusNanos(1_000));
        assertThat(after.number("/total")).isEqualTo(2_600);
        assertThat(after.json().at("/lots"))
                .isEqualTo(Call.by(citizen).get(path(citizen)).json().at("/lots"));
        assertThat(Call.by(citizen).get(path(citizen) + "?asOf=" + registered).problem())
                .as("not registered yet")
                .isEqualTo("404 not-found");
        assertThat(
                        Call.by(citizen)
                                .get(path(citizen) + "?asOf=2999-01-01T00:00:00%2B09:00")
                                .problem())
                .isEqualTo("422 as-of-in-future");
        assertThat(Call.by(citizen).get(path(citizen) + "?asOf=yesterday").problem())
                .isEqualTo("400 malformed-request");
    }

    private static Instant stampOfHead() {
        return bean(EventLog.class).read(head() - 1, 1).getFirst().at();
    }

    @Test
    void the_history_is_newest_first_and_comes_page_by_page() {
        Person citizen = citizenWith(1_000, inAYear);
        Person store = shopkeeper(StoreClass.LOCAL);
        PaymentId declined = propose(citizen, store, 100);
        done(
                new AnswerPayment(
                        declined,
                        AnswerPayment.Answer.DECLINE,
                        new Party.Shop(store.merchantId())));
        PaymentId paid = propose(citizen, store, 300);
        done(
                new AnswerPayment(
                        paid, AnswerPayment.Answer.CONFIRM, new Party.Shop(store.merchantId())));

        Reply all = Call.by(citizen).get(path(citizen) + "/entries");
        assertThat(all.json().at("/items").findValuesAsString("type"))
                .containsExactly("PAID", "PROPOSED", "DECLINED", "PROPOSED", "ISSUED");
        assertThat(all.json().at("/next").isNull()).isTrue();
        assertThat(all.at("/items/0/paymentId")).isEqualTo(paid.toString());
        assertThat(all.number("/items/0/amount")).isEqualTo(300);
        assertThat(all.number("/items/0/lots/0/amount")).isEqualTo(300);
        assertThat(all.at("/items/0/entryId")).isNotEmpty();
        assertThat(all.at("/items/4/purchaseId")).startsWith("pur_");
        assertThat(all.number("/items/4/amount")).isEqualTo(1_300);

        var types = new ArrayList<String>();
        String next = "";
        do {
            Reply page =
                    Call.by(citizen)
                            .get(
                                    path(citizen)
                                            + "/entries?limit=2"
                                            + (next.isEmpty() ? "" : "&cursor=" + next));
            types.addAll(page.json().at("/items").findValuesAsString("type"));
            next = page.at("/next");
        } while (!next.isEmpty());
        assertThat(types).containsExactly("PAID", "PROPOSED", "DECLINED", "PROPOSED", "ISSUED");
        assertThat(Call.by(citizen).get(path(citizen) + "/entries?cursor=bm9uc2Vuc2U").problem())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void anothers_wallet_is_not_there_but_the_counter_and_auditors_see_it() {
        Person owner = citizenWith(1_000, inAYear);
        Person other = citizen();
        for (String part : List.of("", "/entries", "?asOf=" + now())) {
            assertThat(Call.by(other).get(path(owner) + part).problem()).isEqualTo("404 not-found");
            assertThat(Call.by(staff(Role.COUNTER)).get(path(owner) + part).status())
                    .isEqualTo(200);
            assertThat(Call.by(staff(Role.AUDITOR)).get(path(owner) + part).status())
                    .isEqualTo(200);
            assertThat(Call.by(staff(Role.FINANCE_CLERK)).get(path(owner) + part).problem())
                    .isEqualTo("403 forbidden");
            assertThat(Call.by(shopkeeper(StoreClass.LOCAL)).get(path(owner) + part).problem())
                    .isEqualTo("403 forbidden");
            assertThat(Call.byNobody().get(path(owner) + part).problem())
                    .isEqualTo("401 unauthenticated");
        }
        Person support = staff(Role.SUPPORT);
        assertThat(Call.by(support).get(path(owner)).problem())
                .isEqualTo("400 access-reason-required");
        assertThat(Call.by(support).with("Access-Reason", "call 7").get(path(owner)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wal_0", "mer_00000000000000000000000000000000", "99999999999999999999"})
    void an_id_that_cannot_be_one_names_nothing(String id) {
        assertThat(Call.by(staff(Role.COUNTER)).get("/api/v1/wallets/" + id).problem())
                .isEqualTo("404 not-found");
        assertThat(Call.by(staff(Role.COUNTER)).get("/api/v1/wallets/" + id + "/entries").problem())
                .isEqualTo("404 not-found");
    }

    @Test
    void a_read_is_at_least_as_new_as_asked_for() {
        Person citizen = citizen();
        assertThat(
                        Call.by(citizen)
                                .with("Ledger-Position", Long.toString(head()))
                                .get(path(citizen))
                                .status())
                .isEqualTo(200);
        Reply tooNew =
                Call.by(citizen)
                        .with("Ledger-Position", Long.toString(head() + 1_000_000))
                        .get(path(citizen));
        assertThat(tooNew.problem()).isEqualTo("503 not-caught-up");
        assertThat(Call.by(citizen).with("Ledger-Position", "soon").get(path(citizen)).problem())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void what_a_store_would_take_is_shown_before_paying() {
        Person citizen = citizenWith(10_000, inAYear);
        Person common = shopkeeper(StoreClass.COMMON);
        String usable = path(citizen) + "/usable-at/" + common.merchantId();

        Reply all = Call.by(citizen).get(usable);
        assertThat(all.number("/usable")).isEqualTo(10_000);
        assertThat(all.number("/notUsableHere")).isEqualTo(3_000);
        assertThat(all.number("/plan/0/amount")).isEqualTo(10_000);
        assertThat(all.at("/policy")).isEqualTo("expiry-scope-funding-age/1");
        Reply some = Call.by(citizen).get(usable + "?amount=700");
        assertThat(some.number("/plan/0/amount")).isEqualTo(700);
        assertThat(some.json().at("/plan").size()).isEqualTo(1);

        Reply tooMuch = Call.by(citizen).get(usable + "?amount=11000");
        assertThat(tooMuch.problem()).isEqualTo("409 insufficient-points");
        assertThat(tooMuch.number("/usable")).isEqualTo(10_000);
        assertThat(tooMuch.number("/amount")).isEqualTo(11_000);
        assertThat(tooMuch.number("/notUsableHere")).isEqualTo(3_000);
        assertThat(tooMuch.number("/notUsableLots/0/amount")).isEqualTo(3_000);

        assertThat(Call.by(citizen).get(usable + "?amount=0").problem())
                .isEqualTo("422 invalid-amount");
        assertThat(Call.by(citizen).get(usable + "?amount=-5").problem())
                .isEqualTo("422 invalid-amount");
        assertThat(Call.by(citizen).get(usable + "?amount=99999999999999999999").problem())
                .isEqualTo("422 invalid-amount");
        assertThat(Call.by(citizen).get(usable + "?amount=1.5").problem())
                .isEqualTo("400 malformed-request");
        assertThat(Call.by(citizen()).get(usable).problem()).isEqualTo("404 not-found");
        assertThat(
                        Call.by(citizen)
                                .get(path(citizen) + "/usable-at/mer_" + "0".repeat(32))
                                .problem())
                .isEqualTo("404 not-found");
        done(new ChangeStore(common.merchantId(), new ChangeStore.Change.Suspend()));
        assertThat(Call.by(citizen).get(usable).problem()).isEqualTo("409 store-not-accepting");
    }

    @Test
    void a_phone_is_enrolled_and_a_lost_one_is_revoked_once() {
        Person citizen = citizen();
        Map<String, Object> body = Map.of("publicKey", "MCowBQYDK2VwAyEA", "alg", "Ed25519");
        Reply enrolled = Call.by(citizen).key("d").post(path(citizen) + "/devices", body);
        assertThat(enrolled.status()).isEqualTo(201);
        assertThat(enrolled.at("/deviceId")).startsWith("dev_");
        assertThat(Call.by(citizen).key("d").post(path(citizen) + "/devices", body).json())
                .isEqualTo(enrolled.json());
        assertThat(
                        Call.by(citizen)
                                .key("d")
                                .post(
                                        path(citizen) + "/devices",
                                        Map.of("publicKey", "other", "alg", "Ed25519"))
                                .problem())
                .isEqualTo("422 idempotency-key-reused");

        String device = path(citizen) + "/devices/" + enrolled.at("/deviceId");
        Person other = citizen();
        assertThat(Call.by(other).delete(device).problem()).isEqualTo("403 forbidden");
        assertThat(Call.by(other).post(path(citizen) + "/devices", body).problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(staff(Role.COUNTER)).post(path(citizen) + "/devices", body).problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(citizen).withoutKey().delete(device).problem())
                .isEqualTo("400 idempotency-key-required");
        assertThat(Call.by(staff(Role.COUNTER)).delete(device).status()).isEqualTo(200);
        long before = head();
        Reply again = Call.by(citizen).delete(device);
        assertThat(again.problem()).isEqualTo("404 not-found");
        assertThat(again.position()).isEqualTo(before);
        for (String field : List.of("publicKey", "alg")) {
            var incomplete = new HashMap<>(body);
            incomplete.remove(field);
            Reply reply = Call.by(citizen).post(path(citizen) + "/devices", incomplete);
            assertThat(reply.problem()).isEqualTo("400 malformed-request");
            assertThat(reply.at("/pointer")).isEqualTo("/" + field);
        }
    }

    @Test
    void a_one_time_code_names_the_wallet_for_ninety_seconds_of_the_ledgers_time() {
        Person citizen = citizen();
        long before = head();
        Instant asked = now();
        Reply code = Call.by(citizen).key("c").post(path(citizen) + "/codes");

        assertThat(code.status()).isEqualTo(201);
        assertThat(Instant.parse(code.at("/validUntil")))
                .isBetween(asked.plusSeconds(89), now().plusSeconds(90));
        assertThat(bean(CodeReader.class).read(code.at("/code")))
                .isInstanceOfSatisfying(
                        ScannedCode.CustomerToken.class,
                        token -> assertThat(token.walletId()).isEqualTo(citizen.walletId()));
        Reply again = Call.by(citizen).key("c").post(path(citizen) + "/codes");
        assertThat(again.isReplay()).isTrue();
        assertThat(again.json()).isEqualTo(code.json());
        assertThat(Call.by(citizen).post(path(citizen) + "/codes").at("/code"))
                .isNotEqualTo(code.at("/code"));
        assertThat(atOnce(5, _ -> Call.by(citizen).key("twice").post(path(citizen) + "/codes")))
                .as("a double tap")
                .extracting(Reply::status, reply -> reply.at("/code").isEmpty())
                .containsOnly(tuple(201, false));
        assertThat(Call.by(citizen()).post(path(citizen) + "/codes").problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(citizen).withoutKey().post(path(citizen) + "/codes").problem())
                .isEqualTo("400 idempotency-key-required");
        assertThat(bean(EventLog.class).withTag("wallet:" + citizen.walletId())).hasSize(1);
        assertThat(head()).isGreaterThanOrEqualTo(before);
    }
}
