package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.SUPERMARKET;
import static jp.hashimo.ledger.testing.Lots.award;
import static jp.hashimo.ledger.testing.Lots.lot;
import static jp.hashimo.ledger.testing.Lots.partOf;
import static jp.hashimo.ledger.testing.Lots.premium;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.Wallet.Available;
import org.junit.jupiter.api.Test;

/** The order in which lots are spent, with the city's own example. */
class SpendingOrderTest {
    private static final Instant SOONER = EXPIRY.minus(Duration.ofDays(30));

    private static final Lot A = purchased(1, 10_000);
    private static final Lot B = premium(2, 3_000);
    private static final Lot C = award(3, 500, SOONER);

    // The example of the rules.

    @Test
    void four_thousand_at_a_local_store_takes_the_award_then_the_premium_then_the_rest() {
        assertThat(drawsAt(GREENGROCER, 4_000))
                .containsExactly(partOf(C, 500), partOf(B, 3_000), partOf(A, 500));
    }

    @Test
    void four_thousand_at_a_common_store_takes_the_award_then_what_was_bought() {
        assertThat(drawsAt(SUPERMARKET, 4_000)).containsExactly(partOf(C, 500), partOf(A, 3_500));
    }

    @Test
    void thirteen_thousand_five_hundred_at_a_local_store_takes_all() {
        assertThat(drawsAt(GREENGROCER, 13_500))
                .containsExactly(partOf(C, 500), partOf(B, 3_000), partOf(A, 10_000));
    }

    @Test
    void a_point_more_is_refused_with_what_is_usable() {
        example()
                .propose(HANA, GREENGROCER, 13_501)
                .refuses(new InsufficientPoints(new Points(13_500), new Points(13_501), List.of()));
    }

    @Test
    void eleven_thousand_at_a_common_store_is_refused_and_the_premium_named_as_not_usable_here() {
        example()
                .propose(HANA, SUPERMARKET, 11_000)
                .refuses(
                        new InsufficientPoints(
                                new Points(10_500), new Points(11_000), List.of(partOf(B, 3_000))));
    }

    // What is usable here is shown before paying.

    @Test
    void the_plan_shows_what_a_store_takes_in_the_order_it_would_take_it() {
        Wallet wallet = example().wallet(HANA);
        Plan local = wallet.plan(StoreClass.LOCAL, NOON);
        assertThat(local.usable())
                .containsExactly(partOf(C, 500), partOf(B, 3_000), partOf(A, 10_000));
        assertThat(local.usableTotal()).isEqualTo(new Points(13_500));
        assertThat(local.notUsableHere()).isEmpty();
        Plan common = wallet.plan(StoreClass.COMMON, NOON);
        assertThat(common.usable()).containsExactly(partOf(C, 500), partOf(A, 10_000));
        assertThat(common.notUsableHere()).containsExactly(partOf(B, 3_000));
        assertThat(common.notUsableTotal()).isEqualTo(new Points(3_000));
        assertThat(common.order()).isEqualTo(SpendingOrder.CURRENT);
    }

    @Test
    void a_plan_gives_no_more_than_it_has() {
        Plan plan = example().wallet(HANA).plan(StoreClass.COMMON, NOON);
        assertThatIllegalArgumentException().isThrownBy(() -> plan.draws(new Points(10_501)));
    }

    // One criterion after the other.

    @Test
    void the_earliest_expiry_goes_before_everything_else() {
        var bought = lot(9, LotKind.PURCHASED, Scope.ALL, 1, NOON, EXPIRY.minusMillis(1));
        var premium = lot(1, LotKind.PREMIUM, Scope.LOCAL, 1, SOONER, EXPIRY);
        assertOrder(bought, premium);
    }

    @Test
    void of_one_expiry_the_narrower_scope_goes_first_even_if_a_citizen_paid_for_it() {
        var narrow = lot(9, LotKind.PURCHASED, Scope.LOCAL, 1, NOON, EXPIRY);
        var wide = lot(1, LotKind.PREMIUM, Scope.ALL, 1, SOONER, EXPIRY);
        assertOrder(narrow, wide);
    }

    @Test
    void of_one_scope_the_citys_money_goes_before_the_citizens() {
        var citys = lot(9, LotKind.AWARD, Scope.ALL, 1, NOON, EXPIRY);
        var citizens = lot(1, LotKind.PURCHASED, Scope.ALL, 1, SOONER, EXPIRY);
        assertOrder(citys, citizens);
    }

    @Test
    void of_one_kind_of_money_the_older_lot_goes_first() {
        var older = lot(9, LotKind.PURCHASED, Scope.ALL, 1, NOON.minusMillis(1), EXPIRY);
        var newer = lot(1, LotKind.PURCHASED, Scope.ALL, 1, NOON, EXPIRY);
        assertOrder(older, newer);
    }

    @Test
    void lots_of_the_same_instant_go_by_id() {
        assertOrder(purchased(1, 1), purchased(2, 1));
    }

    // To the instant.

    @Test
    void a_lot_is_usable_until_the_millisecond_before_its_end_whether_or_not_a_sweep_has_run() {
        City city = example();
        assertThat(city.at(SOONER.minusMillis(1)).usable(HANA, StoreClass.COMMON))
                .isEqualTo(new Points(10_500));
        assertThat(city.at(SOONER).usable(HANA, StoreClass.COMMON)).isEqualTo(new Points(10_000));
        assertThat(city.at(EXPIRY.minusMillis(1)).usable(HANA, StoreClass.LOCAL))
                .isEqualTo(new Points(13_000));
        assertThat(city.at(EXPIRY).usable(HANA, StoreClass.LOCAL)).isEqualTo(Points.ZERO);
    }

    @Test
    void a_payment_keeps_the_name_and_version_of_the_order_that_chose_its_lots() {
        var proposed = example().propose(HANA, GREENGROCER, 1).fact(PaymentProposed.class);
        assertThat(proposed.order()).isEqualTo(new SpendingOrder("expiry-scope-funding-age", 1));
    }

    private static City example() {
        return City.withoutSale().at(NOON).finds(HANA, A).finds(HANA, B).finds(HANA, C);
    }

    private static List<Draw> drawsAt(MerchantId store, long points) {
        return example().propose(HANA, store, points).fact(PaymentProposed.class).draws();
    }

    private static void assertOrder(Lot first, Lot second) {
        for (Lot[] lots : new Lot[][] {{first, second}, {second, first}}) {
            var available = Arrays.stream(lots).map(lot -> new Available(lot, lot.face())).toList();
            assertThat(SpendingOrder.CURRENT.plan(available, StoreClass.LOCAL).usable())
                    .extracting(Draw::lotId)
                    .containsExactly(first.lotId(), second.lotId());
        }
    }
}
