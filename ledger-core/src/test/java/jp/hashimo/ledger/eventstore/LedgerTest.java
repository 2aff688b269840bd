package jp.hashimo.ledger.eventstore;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.STORES;
import static jp.hashimo.ledger.testing.LedgerNode.stamp;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseCapExceeded;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.CodeAlreadyUsed;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentHasExpired;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.SaleTerms;
import jp.hashimo.ledger.testing.TestClock;
import jp.hashimo.ledger.testing.TestDatabase;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger answers, and that two nodes answer as one. */
class LedgerTest {
    private static final int THREADS_PER_NODE = 16;
    private static final int THREADS = 2 * THREADS_PER_NODE;

    private final TestClock clock = new TestClock(NOON);
    private final TestClock otherClock = new TestClock(NOON);
    private TestDatabase database;
    private HikariDataSource otherPool;
    private LedgerNode node;
    private LedgerNode other;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        otherPool = database.pool(16);
        node = new LedgerNode(database.dataSource(), clock);
        other = new LedgerNode(otherPool, otherClock);
    }

    @AfterEach
    void close() {
        node.close();
        other.close();
        otherPool.close();
        database.close();
    }

    // One request.

    @Test
    void a_command_takes_effect_and_says_at_which_position() {
        city(aSale());
        long before = node.log().head();

        var done = done(node.ledger().execute(reserve(HANA, 5_000), stamp("first")));

        assertThat(done.replayed()).isFalse();
        assertThat(done.position()).isEqualTo(before + 1).isEqualTo(node.log().head());
        assertThat(done.events()).isEqualTo(node.log().ofRequest("first"));
        assertThat(done.events().getFirst().event()).isInstanceOf(PurchaseReserved.class);
        assertThat(done.events().getFirst().metadata())
                .containsEntry("request", "first")
                .containsEntry("bodyHash", "body of first")
                .containsEntry("actor", "a clerk");
        assertThat(node.ledger().lastPosition()).isEqualTo(done.position());
    }

    @Test
    void a_command_that_leaves_two_facts_leaves_them_side_by_side() {
        city(aSale());
        node.does(reserve(HANA, 5_000));
        clock.set(NOON.plus(RESERVED_FOR));
        long before = node.log().head();

        var done = node.does(reserve(KEN, 5_000));

        assertThat(done.events())
                .extracting(RecordedEvent::position)
                .containsExactly(before + 1, before + 2);
        assertThat(done.position()).isEqualTo(before + 2);
    }

    /** The edge makes new ids for every attempt; what was asked is the same. */
    @Test
    void the_same_request_again_gets_the_first_answer_and_appends_nothing() {
        var first = done(node.ledger().execute(draft(), stamp("once")));
        node.does(draft());

        var again = done(other.ledger().execute(draft(), stamp("once")));

        assertThat(again.replayed()).isTrue();
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(node.log().head()).isEqualTo(2);
    }

    @Test
    void what_was_done_is_answered_the_same_even_if_it_would_be_refused_now() {
        city(aSale());
        var first = done(node.ledger().execute(reserve(HANA, 10_000), stamp("all of it")));

        // Another reservation is above the cap, this one is there already.
        refused(node.execute(reserve(HANA, 10_000)));
        var again = done(node.ledger().execute(reserve(HANA, 10_000), stamp("all of it")));

        assertThat(again.events()).isEqualTo(first.events());
    }

    @Test
    void the_same_key_for_another_request_is_told_apart() {
        city(aSale());
        node.does(reserve(HANA, 1_000));
        node.ledger().execute(reserve(HANA, 5_000), stamp("key", "five thousand"));
        long head = node.log().head();

        Outcome outcome = node.ledger().execute(reserve(HANA, 1_000), stamp("key", "one thousand"));

        assertThat(outcome).isEqualTo(new Outcome.KeyReused(head));
        assertThat(node.log().head()).isEqualTo(head);
    }

    @Test
    void a_refusal_appends_nothing_and_says_which_state_was_judged() {
        city(aSale());
        node.does(reserve(HANA, 9_000));
        long head = node.log().head();

        Outcome outcome = node.execute(reserve(HANA, 2_000));

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Refused(
                                new PurchaseCapExceeded(
                                        new Yen(10_000), new Yen(9_000), new Yen(1_000)),
                                head));
        assertThat(node.log().head()).isEqualTo(head);
    }

    @Test
    void a_refusal_by_an_empty_log_was_judged_at_position_zero() {
        assertThat(refused(node.execute(new ExpirePayment(new PaymentId(newId())))).position())
                .isZero();
    }

    @Test
    void a_refusal_is_not_remembered_and_the_same_request_is_judged_afresh() {
        city(aSale());
        var paying = propose(HANA, GREENGROCER, 500);
        assertThat(refused(node.ledger().execute(paying, stamp("pay"))).reason())
                .isInstanceOf(InsufficientPoints.class);

        buys(HANA, 1_000);

        assertThat(done(node.ledger().execute(paying, stamp("pay"))).replayed()).isFalse();
    }

    @Test
    void when_the_deadline_has_passed_there_was_no_time_and_nothing_is_written() {
        city(aSale());
        long head = node.log().head();
        var late = new Stamp("late", "body", "a clerk", Instant.EPOCH);

        assertThat(node.ledger().execute(reserve(HANA, 1_000), late))
                .isEqualTo(new Outcome.NoTime());
        assertThat(node.log().head()).isEqualTo(head);
    }

    @Test
    void a_repetition_after_the_deadline_still_learns_what_was_done() {
        city(aSale());
        var first = done(node.ledger().execute(reserve(HANA, 1_000), stamp("once", "body")));
        var late = new Stamp("once", "body", "a clerk", Instant.EPOCH);

        assertThat(done(node.ledger().execute(reserve(HANA, 1_000), late)).events())
                .isEqualTo(first.events());
    }

    // Two nodes.

    @Test
    void what_one_node_has_issued_can_be_paid_with_at_another_at_once() {
        city(aSale());
        var refused = refused(other.execute(propose(HANA, GREENGROCER, 500)));
        assertThat(refused.reason()).isInstanceOf(InsufficientPoints.class);

        // As often as makes it unlikely that the other node has heard of it by chance.
        for (int bought = 1; bought <= 10; bought++) {
            buys(HANA, 1_000);

            other.does(propose(HANA, GREENGROCER, 1_300));
        }
    }

    /** It remembers that there is no such store, and nothing it does makes it read that again. */
    @Test
    void what_was_refused_at_one_node_is_done_there_as_soon_as_another_has_made_it_possible() {
        for (int number = 1; number <= 10; number++) {
            var store = new MerchantId(newId());
            var suspend = new ChangeStore(store, new ChangeStore.Change.Suspend());
            assertThat(refused(other.execute(suspend)).reason())
                    .isEqualTo(new StoreNotFound(store));

            node.does(new RegisterMerchant(store, number, StoreClass.LOCAL));

            other.does(suspend);
        }
    }

    // Sixteen threads each.

    @Test
    void two_devices_that_each_ask_for_most_of_the_cap_do_not_both_get_it() throws Exception {
        city(aSale());

        List<Outcome> outcomes = atOnce(_ -> reserve(HANA, 6_000));

        assertThat(effects(outcomes)).hasSize(1);
        assertThat(reasons(outcomes))
                .hasSize(THREADS - 1)
                .containsOnly(
                        new PurchaseCapExceeded(new Yen(10_000), new Yen(6_000), new Yen(4_000)));
        assertThat(reservedBy(HANA)).isEqualTo(6_000);
    }

    @Test
    void the_cap_is_used_up_to_the_last_yen_and_never_beyond() throws Exception {
        city(aSale());

        List<Outcome> outcomes = atOnce(_ -> reserve(HANA, 1_000));

        assertThat(effects(outcomes)).hasSize(10);
        assertThat(reasons(outcomes))
                .containsOnly(new PurchaseCapExceeded(new Yen(10_000), new Yen(10_000), Yen.ZERO));
        assertThat(reservedBy(HANA)).isEqualTo(10_000);
    }

    @Test
    void a_budget_of_twenty_units_is_sold_exactly_twenty_times() throws Exception {
        city(aSale().premiumBudget(20 * 300));
        List<WalletId> buyers = residents(THREADS);

        List<Outcome> outcomes = atOnce(i -> reserve(buyers.get(i), 1_000));

        assertThat(effects(outcomes)).hasSize(20);
        assertThat(reasons(outcomes)).hasSize(THREADS - 20).containsOnly(new BudgetExhausted(0));
        assertThat(buyers.stream().mapToLong(this::reservedBy).sum()).isEqualTo(20_000);
        assertThat(refused(other.execute(reserve(HANA, 1_000))).reason())
                .isEqualTo(new BudgetExhausted(0));
    }

    @Test
    void a_one_time_code_that_two_stores_scan_at_once_serves_one_of_them() throws Exception {
        city(aSale());
        buys(HANA, 10_000);

        List<Outcome> outcomes = atOnce(i -> scan(STORES.get(i % 2), "code " + i / 2));

        for (int code = 0; code < THREADS_PER_NODE; code++) {
            List<Outcome> both = outcomes.subList(2 * code, 2 * code + 2);
            assertThat(effects(both)).hasSize(1);
            assertThat(reasons(both)).containsExactly(new CodeAlreadyUsed());
            assertThat(node.log().withTag("code:code " + code)).hasSize(1);
        }
    }

    /** The clocks of two nodes never agree to the last microsecond, and need not. */
    @Test
    void a_confirmation_and_the_end_of_the_hold_give_one_ending() throws Exception {
        city(aSale());
        buys(HANA, 10_000);
        List<PaymentId> payments = proposed(THREADS_PER_NODE);
        Instant end = NOON.plus(HELD_FOR);
        clock.set(end.minusNanos(1_000));
        otherClock.set(end);

        List<Outcome> outcomes =
                atOnce(i ->
                        i % 2 == 0 ? confirm(payments.get(i / 2)) : expire(payments.get(i / 2)));

        for (int i = 0; i < payments.size(); i++) {
            PaymentId payment = payments.get(i);
            List<Outcome> both = outcomes.subList(2 * i, 2 * i + 2);
            assertThat(effects(both)).hasSize(1);
            Object ending = ending(payment);
            assertThat(reasons(both))
                    .containsExactly(
                            ending instanceof PaymentCaptured
                                    ? new PaymentNotProposed(payment, "CAPTURED")
                                    : new PaymentHasExpired(payment, end));
            assertThat(ending).isInstanceOfAny(PaymentCaptured.class, PaymentExpired.class);
        }
    }

    @Test
    void yes_and_no_at_once_give_one_answer() throws Exception {
        city(aSale());
        buys(HANA, 10_000);
        List<PaymentId> payments = proposed(THREADS_PER_NODE);

        List<Outcome> outcomes =
                atOnce(i ->
                        i % 2 == 0 ? confirm(payments.get(i / 2)) : decline(payments.get(i / 2)));

        for (int i = 0; i < payments.size(); i++) {
            PaymentId payment = payments.get(i);
            List<Outcome> both = outcomes.subList(2 * i, 2 * i + 2);
            assertThat(effects(both)).hasSize(1);
            Object ending = ending(payment);
            assertThat(reasons(both))
                    .containsExactly(
                            new PaymentNotProposed(
                                    payment,
                                    ending instanceof PaymentCaptured ? "CAPTURED" : "DECLINED"));
            assertThat(ending).isInstanceOfAny(PaymentCaptured.class, PaymentDeclined.class);
        }
    }

    @Test
    void one_request_sent_many_times_from_both_nodes_has_one_effect() throws Exception {
        List<Outcome> outcomes = atOnce((at, _) -> at.ledger().execute(draft(), stamp("once")));

        assertThat(node.log().head()).isEqualTo(1);
        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(done(outcome).events()).isEqualTo(node.log().ofRequest("once")));
        assertThat(outcomes.stream().filter(outcome -> !done(outcome).replayed())).hasSize(1);
    }

    @Test
    void one_key_for_two_requests_at_once_serves_one_of_them() throws Exception {
        List<Outcome> outcomes =
                atOnce((at, i) -> at.ledger().execute(draft(), stamp("key", "body " + i % 2)));

        assertThat(node.log().head()).isEqualTo(1);
        assertThat(effects(outcomes)).hasSize(THREADS_PER_NODE);
        assertThat(outcomes.stream().filter(o -> o instanceof Outcome.KeyReused))
                .hasSize(THREADS_PER_NODE);
    }

    // What is asked.

    /** A command that depends on nothing but a name of its own. */
    private static DraftCampaign draft() {
        return new DraftCampaign(new CampaignId(newId()), aSale().terms(), MANAGER);
    }

    private static ReservePurchase reserve(WalletId wallet, long yen) {
        return new ReservePurchase(
                new PurchaseId(newId()), SALE, wallet, yen, Channel.COUNTER, RESERVED_FOR, CLERK);
    }

    private static ProposePayment propose(WalletId wallet, MerchantId store, long points) {
        return propose(wallet, store, ScanMode.USER_SCAN, null, points);
    }

    private static ProposePayment scan(MerchantId store, String code) {
        return propose(HANA, store, ScanMode.STORE_SCAN, code, 100);
    }

    private static ProposePayment propose(
            WalletId wallet, MerchantId store, ScanMode mode, @Nullable String code, long points) {
        return new ProposePayment(
                new PaymentId(newId()), wallet, store, null, mode, code, points, HELD_FOR);
    }

    private static AnswerPayment confirm(PaymentId payment) {
        return new AnswerPayment(
                payment, AnswerPayment.Answer.CONFIRM, new Party.Shop(GREENGROCER));
    }

    private static AnswerPayment decline(PaymentId payment) {
        return new AnswerPayment(payment, AnswerPayment.Answer.DECLINE, new Party.Citizen(HANA));
    }

    private static ExpirePayment expire(PaymentId payment) {
        return new ExpirePayment(payment);
    }

    private void city(SaleTerms sale) {
        City.with(sale).asked().forEach(node::does);
    }

    private List<WalletId> residents(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    var wallet = new WalletId(newId());
                    node.does(
                            new RegisterCitizen(
                                    new CitizenId(newId()),
                                    wallet,
                                    List.of("resident " + i),
                                    false,
                                    CLERK));
                    return wallet;
                })
                .toList();
    }

    private void buys(WalletId wallet, long yen) {
        var reserve = reserve(wallet, yen);
        node.does(reserve);
        node.does(
                new PayPurchase(
                        reserve.purchaseId(),
                        new PayPurchase.Money.Cash("receipt " + reserve.purchaseId()),
                        new PayPurchase.NewIds(
                                new LotId(newId()), new LotId(newId()), new TaskId(newId()))));
    }

    private List<PaymentId> proposed(int number) {
        return IntStream.range(0, number)
                .mapToObj(_ -> {
                    var proposal = propose(HANA, GREENGROCER, 100);
                    node.does(proposal);
                    return proposal.paymentId();
                })
                .toList();
    }

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    // What became of it.

    /**
     * Each thread asks once, all at the same moment; even ones at one node, odd ones at the other.
     */
    private List<Outcome> atOnce(IntFunction<Command<?, ?>> command) throws Exception {
        return atOnce((at, i) -> at.execute(command.apply(i)));
    }

    private List<Outcome> atOnce(BiFunction<LedgerNode, Integer, Outcome> asking) throws Exception {
        var start = new CyclicBarrier(THREADS);
        List<Callable<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            all.add(() -> {
                start.await();
                return asking.apply(number % 2 == 0 ? node : other, number);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> outcome : threads.invokeAll(all)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        }
    }

    private static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private static Outcome.Refused refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused) outcome;
    }

    private static List<Outcome> effects(List<Outcome> outcomes) {
        return outcomes.stream().filter(o -> o instanceof Outcome.Done).toList();
    }

    private static List<Rejection> reasons(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o instanceof Outcome.Refused)
                .map(o -> refused(o).reason())
                .toList();
    }

    private long reservedBy(WalletId wallet) {
        return node.log().withTag("campaign-sales:" + SALE).stream()
                .filter(e -> e.event() instanceof PurchaseReserved r && r.walletId().equals(wallet))
                .mapToLong(e -> ((PurchaseReserved) e.event()).amount().amount())
                .sum();
    }

    /** The one fact of a payment beside its proposal. */
    private Object ending(PaymentId payment) {
        List<RecordedEvent> facts = node.log().withTag("payment:" + payment);
        assertThat(facts).hasSize(2);
        assertThat(facts.getFirst().event()).isInstanceOf(PaymentProposed.class);
        return facts.getLast().event();
    }
}
