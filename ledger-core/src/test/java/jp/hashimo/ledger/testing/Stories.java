package jp.hashimo.ledger.testing;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.OTHER_SALE;
import static jp.hashimo.ledger.testing.City.RESIDENTS;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.SECOND_MANAGER;
import static jp.hashimo.ledger.testing.City.STORES;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.JudgeBudgetRaise;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.merchant.ChangeStore.Change;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.wallet.LapseLots;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random stories of a small city with two small sales. The clock moves in half minutes, so that
 * stories often meet the very instant at which a reservation, a hold or a lot ends.
 */
public final class Stories {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final int PREMIUM_PER_UNIT = 300;

    private Stories() {}

    /**
     * The city every story begins in: 18 units of one sale, 12 of another that ends later. Their
     * lots end soon enough for most stories to live through it.
     */
    public static City city() {
        return City.with(
                        aSale().premiumBudget(18 * PREMIUM_PER_UNIT)
                                .saleUntil(NOON.plus(Duration.ofMinutes(12)))
                                .expiresAt(NOON.plus(Duration.ofMinutes(23))))
                .and(
                        OTHER_SALE,
                        aSale().fiscalYear(2024)
                                .cap(5_000)
                                .premiumPerUnit(500)
                                .premiumBudget(12 * 500)
                                .saleUntil(NOON.plus(Duration.ofMinutes(25)))
                                .expiresAt(NOON.plus(Duration.ofMinutes(40))))
                .at(NOON);
    }

    /** Stories of everything that can happen. */
    public static Arbitrary<List<Step>> ofTheCity() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, waiting()),
                        Tuple.of(5, reserving()),
                        Tuple.of(7, paying()),
                        Tuple.of(1, endingReservations()),
                        Tuple.of(7, proposing()),
                        Tuple.of(6, answering()),
                        Tuple.of(2, sweeping()),
                        Tuple.of(1, changingStores()),
                        Tuple.of(1, raising()),
                        Tuple.of(2, retrying()))
                .list()
                .ofMinSize(15)
                .ofMaxSize(70);
    }

    /** Stories of one sale only. */
    public static Arbitrary<List<Step>> ofTheSale() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, waiting()),
                        Tuple.of(6, reserving()),
                        Tuple.of(4, paying()),
                        Tuple.of(2, endingReservations()),
                        Tuple.of(1, raising()),
                        Tuple.of(1, retrying()))
                .list()
                .ofMaxSize(50);
    }

    private static Arbitrary<Step> waiting() {
        return Arbitraries.of(1, 1, 2, 5, 6, 20)
                .map(halves ->
                        new Step(
                                "wait " + halves + " half minutes",
                                city -> {
                                    city.after(HALF_A_MINUTE.multipliedBy(halves));
                                    return Optional.empty();
                                }));
    }

    private static Arbitrary<Step> reserving() {
        return Combinators.combine(
                        Arbitraries.of(RESIDENTS),
                        Arbitraries.integers().between(1, 11),
                        Arbitraries.of(Channel.class),
                        Arbitraries.of(SALE, SALE, OTHER_SALE))
                .as((wallet, units, channel, sale) ->
                        step(
                                "reserve %s %s %s %s".formatted(wallet, units, channel, sale),
                                city -> city.reserve(sale, wallet, units * 1_000L, channel)));
    }

    private static Arbitrary<Step> paying() {
        return Combinators.combine(latest(), Arbitraries.integers().between(1, 30))
                .as((back, reference) ->
                        purchase(
                                "pay with reference " + reference,
                                back,
                                (city, reserved) -> pay(city, reserved, "R" + reference)));
    }

    private static Answer pay(City city, PurchaseReserved reserved, String reference) {
        return reserved.channel().isReportedByProvider()
                ? city.payByProvider(reserved.purchaseId(), reference, reserved.amount().amount())
                : city.payCash(reserved.purchaseId(), reference);
    }

    private static Arbitrary<Step> endingReservations() {
        return Combinators.combine(latest(), Arbitraries.of(true, false))
                .as((back, cancel) ->
                        purchase(
                                cancel ? "cancel reservation" : "record its lapse",
                                back,
                                (city, reserved) ->
                                        cancel
                                                ? city.cancelReservation(
                                                        reserved.purchaseId(), CLERK)
                                                : city.endReservation(reserved.purchaseId())));
    }

    private static Arbitrary<Step> proposing() {
        return Combinators.combine(
                        Arbitraries.of(RESIDENTS),
                        Arbitraries.of(STORES),
                        Arbitraries.of(1L, 300L, 700L, 1_000L, 1_300L, 2_500L, 6_000L),
                        Arbitraries.integers().between(0, 20))
                .as((wallet, store, points, code) ->
                        step(
                                "propose %s %s %s %s".formatted(wallet, store, points, code),
                                city ->
                                        code < 10
                                                ? city.propose(wallet, store, points)
                                                : city.scan(
                                                        wallet, store, "code " + code, points)));
    }

    private static Arbitrary<Step> answering() {
        Arbitrary<BiFunction<City, PaymentProposed, Answer>> answers =
                Arbitraries.frequency(
                        Tuple.of(5, (city, p) -> city.confirm(p.paymentId(), awaited(p))),
                        Tuple.of(
                                1,
                                (city, p) ->
                                        city.confirm(p.paymentId(), City.store(p.merchantId()))),
                        Tuple.of(
                                2,
                                (city, p) ->
                                        city.decline(p.paymentId(), City.citizen(p.walletId()))),
                        Tuple.of(2, (city, p) -> city.expire(p.paymentId())));
        return Combinators.combine(latest(), answers)
                .as((back, answer) -> payment("answer a payment", back, answer));
    }

    private static Party awaited(PaymentProposed p) {
        return p.mode().awaited() == Side.STORE
                ? City.store(p.merchantId())
                : City.citizen(p.walletId());
    }

    private static Arbitrary<Step> sweeping() {
        return Arbitraries.of(RESIDENTS)
                .map(wallet -> step("sweep " + wallet, city -> city.sweep(wallet)));
    }

    private static Arbitrary<Step> changingStores() {
        return Combinators.combine(Arbitraries.of(STORES), Arbitraries.integers().between(0, 3))
                .as((store, what) ->
                        step(
                                "change %s %s".formatted(store, what),
                                city -> city.changeStore(store, change(city, what))));
    }

    private static Change change(City city, int what) {
        return switch (what) {
            case 0 -> new Change.Suspend();
            case 1 -> new Change.Reclassify(StoreClass.COMMON, city.now().plus(HALF_A_MINUTE));
            case 2 -> new Change.Reclassify(StoreClass.LOCAL, city.now().plus(HALF_A_MINUTE));
            default -> new Change.Resume();
        };
    }

    private static Arbitrary<Step> raising() {
        return Arbitraries.integers()
                .between(1, 30)
                .map(units -> step("raise to " + units + " units", city -> raise(city, units)));
    }

    private static Answer raise(City city, int units) {
        var approval = new ApprovalId(city.newId());
        var budget = new Points((long) units * PREMIUM_PER_UNIT);
        city.does(
                new SteerCampaign(
                        SALE, new SteerCampaign.Move.RaiseBudget(approval, budget), MANAGER));
        return city.does(new JudgeBudgetRaise(SALE, approval, true, SECOND_MANAGER));
    }

    private static Arbitrary<Step> retrying() {
        return latest().map(back ->
                new Step(
                        "ask again for the " + back + "th last thing",
                        city ->
                                nth(city.asked().stream().filter(Stories::isRetried).toList(), back)
                                        .map(city::does)));
    }

    /**
     * Whether a command may come again as it was. A proposal or a reservation that comes again is
     * recognised by its request before it is judged; one that is not is a new one, with a new id.
     */
    public static boolean isRetried(Command<?, ?> command) {
        return command instanceof PayPurchase
                || command instanceof EndReservation
                || command instanceof AnswerPayment
                || command instanceof ExpirePayment
                || command instanceof LapseLots;
    }

    /** How far back a step reaches, the latest being the likeliest. */
    private static Arbitrary<Integer> latest() {
        return Arbitraries.of(0, 0, 0, 1, 1, 2, 3, 5);
    }

    private static Step step(String name, Function<City, Answer> act) {
        return new Step(name, city -> Optional.of(act.apply(city)));
    }

    private static Step purchase(
            String name, int back, BiFunction<City, PurchaseReserved, Answer> act) {
        return new Step(
                name + ", of purchase -" + back,
                city ->
                        nth(of(PurchaseReserved.class, city), back)
                                .map(reserved -> act.apply(city, reserved)));
    }

    private static Step payment(
            String name, int back, BiFunction<City, PaymentProposed, Answer> act) {
        return new Step(
                name + ", of payment -" + back,
                city ->
                        nth(of(PaymentProposed.class, city), back)
                                .map(proposed -> act.apply(city, proposed)));
    }

    private static <E> List<E> of(Class<E> type, City city) {
        return city.log().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <E> Optional<E> nth(List<E> list, int back) {
        return back < list.size()
                ? Optional.of(list.get(list.size() - 1 - back))
                : Optional.empty();
    }

    /** Runs every job there is, as often as it likes. */
    public static void runJobs(City city) {
        of(PurchaseReserved.class, city).forEach(r -> city.endReservation(r.purchaseId()));
        of(PaymentProposed.class, city).forEach(p -> city.expire(p.paymentId()));
        RESIDENTS.forEach(city::sweep);
    }
}
