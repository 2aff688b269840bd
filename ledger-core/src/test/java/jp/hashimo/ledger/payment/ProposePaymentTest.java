package jp.hashimo.ledger.payment;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.SUPERMARKET;
import static jp.hashimo.ledger.testing.City.citizen;
import static jp.hashimo.ledger.testing.City.store;
import static jp.hashimo.ledger.testing.Lots.award;
import static jp.hashimo.ledger.testing.Lots.partOf;
import static jp.hashimo.ledger.testing.Lots.premium;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.ChangeStore.Change;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.CodeAlreadyUsed;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.payment.PaymentRejection.InvalidAmount;
import jp.hashimo.ledger.payment.PaymentRejection.StoreNotAccepting;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.SpendingOrder;
import jp.hashimo.ledger.wallet.Wallet.Balance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The instant of the proposal decides everything but the OK. */
class ProposePaymentTest {
    private static final Lot BOUGHT = purchased(1, 1_000);
    private static final Lot PREMIUM = premium(2, 300);

    @Test
    void a_proposal_holds_its_lots_and_says_all_about_itself() {
        var proposed =
                city().propose(HANA, GREENGROCER, 700)
                        .leaves(PaymentProposed.class)
                        .fact(PaymentProposed.class);
        assertThat(proposed)
                .isEqualTo(
                        new PaymentProposed(
                                proposed.paymentId(),
                                HANA,
                                GREENGROCER,
                                null,
                                StoreClass.LOCAL,
                                ScanMode.USER_SCAN,
                                null,
                                new Points(700),
                                List.of(partOf(PREMIUM, 300), partOf(BOUGHT, 400)),
                                SpendingOrder.CURRENT,
                                false,
                                NOON,
                                NOON.plus(HELD_FOR)));
    }

    @Test
    void nothing_moves_before_the_other_side_says_ok() {
        City city = city();
        city.proposed(HANA, GREENGROCER, 700);
        assertThat(city.available(HANA)).isEqualTo(new Points(600));
        assertThat(city.wallet(HANA).lots())
                .containsEntry(BOUGHT.lotId(), new Balance(BOUGHT, new Points(1_000)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void an_amount_of_nothing_or_less_is_refused(long amount) {
        city().propose(HANA, GREENGROCER, amount).refuses(new InvalidAmount(amount));
    }

    @Test
    void held_points_cannot_be_held_again() {
        City city = city();
        city.proposed(HANA, GREENGROCER, 700);
        city.propose(HANA, GREENGROCER, 601)
                .refuses(new InsufficientPoints(new Points(600), new Points(601), List.of()));
        city.propose(HANA, GREENGROCER, 600).leaves(PaymentProposed.class);
    }

    @Test
    void no_amount_however_large_overflows() {
        city().propose(HANA, SUPERMARKET, Long.MAX_VALUE)
                .refuses(
                        new InsufficientPoints(
                                new Points(1_000),
                                new Points(Long.MAX_VALUE),
                                List.of(partOf(PREMIUM, 300))));
    }

    @Test
    void a_wallet_nobody_has_holds_nothing() {
        City.atNoon()
                .propose(KEN, GREENGROCER, 1)
                .refuses(new InsufficientPoints(Points.ZERO, new Points(1), List.of()));
    }

    // Expiry.

    @Test
    void proposed_half_a_minute_before_midnight_and_confirmed_after_it_is_valid() {
        City city = city().at(EXPIRY.minusSeconds(30));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 1_300);
        city.at(EXPIRY.plusSeconds(60))
                .confirm(payment, store(GREENGROCER))
                .leaves(PaymentCaptured.class);
    }

    @Test
    void proposed_at_the_stroke_of_midnight_is_refused() {
        city().at(EXPIRY)
                .propose(HANA, GREENGROCER, 1)
                .refuses(new InsufficientPoints(Points.ZERO, new Points(1), List.of()));
    }

    @Test
    void proposed_a_millisecond_before_midnight_is_valid() {
        city().at(EXPIRY.minusMillis(1))
                .propose(HANA, GREENGROCER, 1)
                .leaves(PaymentProposed.class);
    }

    @Test
    void a_lot_that_has_ended_is_not_even_named_as_not_usable_here() {
        City city = City.withoutSale().finds(HANA, PREMIUM).at(EXPIRY);
        city.propose(HANA, SUPERMARKET, 1)
                .refuses(new InsufficientPoints(Points.ZERO, new Points(1), List.of()));
    }

    // Holds that have ended, though no job has run.

    @Test
    void
            the_points_of_an_ended_hold_can_be_held_again_and_the_end_is_recorded_in_the_same_append() {
        City city = city();
        PaymentId first = city.proposed(HANA, GREENGROCER, 1_300);
        city.at(NOON.plus(HELD_FOR).minusMillis(1))
                .propose(HANA, GREENGROCER, 1)
                .refuses(new InsufficientPoints(Points.ZERO, new Points(1), List.of()));
        city.at(NOON.plus(HELD_FOR));
        var answer =
                city.propose(HANA, GREENGROCER, 1_300)
                        .leaves(PaymentExpired.class, PaymentProposed.class);
        assertThat(answer.fact(PaymentExpired.class))
                .isEqualTo(
                        new PaymentExpired(
                                first,
                                HANA,
                                GREENGROCER,
                                List.of(partOf(PREMIUM, 300), partOf(BOUGHT, 1_000)),
                                List.of(),
                                NOON.plus(HELD_FOR),
                                city.now()));
    }

    @Test
    void the_holds_that_ended_first_are_recorded_first_on_every_node() {
        City city = city();
        var ending =
                IntStream.range(0, 8)
                        .mapToObj(_ ->
                                city.after(Duration.ofSeconds(1)).proposed(HANA, GREENGROCER, 1))
                        .toList();
        assertThat(city.after(Duration.ofHours(1)).propose(HANA, GREENGROCER, 1).appended())
                .filteredOn(PaymentExpired.class::isInstance)
                .extracting(fact -> ((PaymentExpired) fact).paymentId())
                .isEqualTo(ending);
    }

    @Test
    void what_ended_with_such_a_hold_lapses_in_its_record_and_is_not_spent_again() {
        Lot ending = award(3, 500, NOON.plusSeconds(60));
        City city = city().finds(HANA, ending);
        city.proposed(HANA, SUPERMARKET, 500);
        var answer =
                city.at(NOON.plus(HELD_FOR))
                        .propose(HANA, SUPERMARKET, 1_000)
                        .leaves(PaymentExpired.class, PaymentProposed.class);
        assertThat(answer.fact(PaymentExpired.class).lapsed()).containsExactly(partOf(ending, 500));
        assertThat(answer.fact(PaymentProposed.class).draws())
                .containsExactly(partOf(BOUGHT, 1_000));
        assertThat(city.available(HANA)).isEqualTo(new Points(300));
    }

    @Test
    void a_refused_proposal_records_no_end_of_another() {
        City city = city();
        city.proposed(HANA, GREENGROCER, 1_300);
        city.at(NOON.plus(HELD_FOR))
                .propose(HANA, GREENGROCER, 1_301)
                .refuses(new InsufficientPoints(new Points(1_300), new Points(1_301), List.of()));
    }

    // The store.

    @Test
    void an_unknown_store_takes_nothing() {
        var unknown = new MerchantId(new UUID(0, 9));
        city().propose(HANA, unknown, 1).refuses(new StoreNotAccepting(unknown));
    }

    @Test
    void a_suspended_store_takes_no_new_payment_and_takes_them_again_when_resumed() {
        City city = city();
        city.changeStore(GREENGROCER, new Change.Suspend());
        city.propose(HANA, GREENGROCER, 1).refuses(new StoreNotAccepting(GREENGROCER));
        city.changeStore(GREENGROCER, new Change.Resume());
        city.propose(HANA, GREENGROCER, 1).leaves(PaymentProposed.class);
    }

    @Test
    void a_payment_proposed_before_the_suspension_is_confirmed_after_it() {
        City city = city();
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.changeStore(GREENGROCER, new Change.Suspend());
        city.confirm(payment, store(GREENGROCER)).leaves(PaymentCaptured.class);
    }

    @Test
    void a_reclassified_store_is_of_the_new_class_from_the_very_instant() {
        Instant from = NOON.plus(Duration.ofHours(1));
        City city = city();
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, from));
        assertThat(classAt(city, from.minusMillis(1))).isEqualTo(StoreClass.LOCAL);
        assertThat(classAt(city, from)).isEqualTo(StoreClass.COMMON);
        city.at(from)
                .propose(HANA, GREENGROCER, 1_300)
                .refuses(
                        new InsufficientPoints(
                                new Points(999), new Points(1_300), List.of(partOf(PREMIUM, 299))));
    }

    @Test
    void a_payment_proposed_before_the_reclassification_keeps_its_lots_and_its_class() {
        Instant from = NOON.plusSeconds(60);
        City city = city();
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, from));
        PaymentId payment = city.at(from.minusMillis(1)).proposed(HANA, GREENGROCER, 300);
        var captured =
                city.at(from.plusSeconds(1))
                        .confirm(payment, store(GREENGROCER))
                        .fact(PaymentCaptured.class);
        assertThat(captured.draws()).containsExactly(partOf(PREMIUM, 300));
    }

    // The one-time code.

    @Test
    void a_one_time_code_serves_once_even_after_its_payment_was_declined() {
        City city = city();
        PaymentId payment =
                city.scan(HANA, GREENGROCER, "code-1", 100).fact(PaymentProposed.class).paymentId();
        city.scan(HANA, SUPERMARKET, "code-1", 200).refuses(new CodeAlreadyUsed());
        city.decline(payment, citizen(HANA));
        city.scan(HANA, GREENGROCER, "code-1", 100).refuses(new CodeAlreadyUsed());
        city.scan(HANA, GREENGROCER, "code-2", 100).leaves(PaymentProposed.class);
    }

    @Test
    void a_code_that_was_refused_for_want_of_points_may_serve_still() {
        City city = city();
        city.scan(HANA, GREENGROCER, "code-1", 9_999)
                .refuses(new InsufficientPoints(new Points(1_300), new Points(9_999), List.of()));
        city.scan(HANA, GREENGROCER, "code-1", 100).leaves(PaymentProposed.class);
    }

    @Test
    void a_code_that_served_for_one_wallet_serves_for_no_other() {
        City city = city().finds(KEN, purchased(9, 1_000));
        city.scan(HANA, GREENGROCER, "code-1", 100);
        city.after(HELD_FOR).scan(KEN, GREENGROCER, "code-1", 100).refuses(new CodeAlreadyUsed());
    }

    // Twice by mistake.

    @Test
    void the_same_again_within_five_minutes_is_allowed_and_warned_of() {
        City city = city();
        assertThat(isWarned(city, GREENGROCER, 100)).isFalse();
        city.at(NOON.plusSeconds(60));
        assertThat(isWarned(city, GREENGROCER, 100)).isTrue();
    }

    @Test
    void a_captured_payment_is_warned_of_until_five_minutes_after_its_proposal() {
        City city = city();
        city.pays(HANA, GREENGROCER, 100);
        city.at(NOON.plus(Duration.ofMinutes(5)).minusMillis(1));
        assertThat(isWarned(city, GREENGROCER, 100)).isTrue();
        City other = city();
        other.pays(HANA, GREENGROCER, 100);
        other.at(NOON.plus(Duration.ofMinutes(5)));
        assertThat(isWarned(other, GREENGROCER, 100)).isFalse();
    }

    @Test
    void another_amount_another_store_or_another_citizen_is_no_repetition() {
        City city = city().finds(KEN, purchased(9, 1_000));
        city.pays(HANA, GREENGROCER, 100);
        assertThat(isWarned(city, GREENGROCER, 101)).isFalse();
        assertThat(isWarned(city, SUPERMARKET, 100)).isFalse();
        assertThat(
                        city.propose(KEN, GREENGROCER, 100)
                                .fact(PaymentProposed.class)
                                .duplicateWarning())
                .isFalse();
    }

    @Test
    void what_was_declined_or_ran_out_is_no_payment_to_warn_of() {
        City city = city();
        city.decline(city.proposed(HANA, GREENGROCER, 100), store(GREENGROCER));
        assertThat(isWarned(city, GREENGROCER, 100)).isFalse();
        city.after(HELD_FOR);
        assertThat(isWarned(city, GREENGROCER, 100)).isFalse();
    }

    private static boolean isWarned(City city, MerchantId store, long points) {
        return city.propose(HANA, store, points).fact(PaymentProposed.class).duplicateWarning();
    }

    private static StoreClass classAt(City city, Instant at) {
        return city.at(at).propose(HANA, GREENGROCER, 1).fact(PaymentProposed.class).storeClass();
    }

    private static City city() {
        return City.withoutSale().at(NOON).finds(HANA, BOUGHT).finds(HANA, PREMIUM);
    }
}
