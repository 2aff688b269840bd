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
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.NotYourPayment;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentHasExpired;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotFound;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.Lot;
import org.junit.jupiter.api.Test;

/** The other side's answer, and the clock's when nobody answers. */
class AnswerPaymentTest {
    private static final Lot BOUGHT = purchased(1, 1_000);
    private static final Instant ENDS = NOON.plus(HELD_FOR);

    private final City city = City.withoutSale().at(NOON).finds(HANA, BOUGHT);

    // OK.

    @Test
    void the_stores_ok_to_a_user_scan_captures_in_full() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.after(Duration.ofSeconds(5));
        assertThat(
                        city.confirm(payment, store(GREENGROCER))
                                .leaves(PaymentCaptured.class)
                                .appended())
                .containsExactly(
                        new PaymentCaptured(
                                payment,
                                HANA,
                                GREENGROCER,
                                new Points(700),
                                List.of(partOf(BOUGHT, 700)),
                                city.now()));
        assertThat(city.available(HANA)).isEqualTo(new Points(300));
    }

    @Test
    void the_citizens_ok_to_a_store_scan_captures_in_full() {
        PaymentId payment = scanned(700);
        city.confirm(payment, citizen(HANA)).leaves(PaymentCaptured.class);
        assertThat(city.available(HANA)).isEqualTo(new Points(300));
    }

    @Test
    void whoever_proposed_cannot_say_ok_to_it() {
        PaymentId byCitizen = city.proposed(HANA, GREENGROCER, 100);
        city.confirm(byCitizen, citizen(HANA)).refuses(new NotYourPayment(byCitizen));
        PaymentId byStore = scanned(100);
        city.confirm(byStore, store(GREENGROCER)).refuses(new NotYourPayment(byStore));
    }

    @Test
    void neither_another_store_nor_another_citizen_can_say_ok() {
        PaymentId byCitizen = city.proposed(HANA, GREENGROCER, 100);
        city.confirm(byCitizen, store(SUPERMARKET)).refuses(new NotYourPayment(byCitizen));
        PaymentId byStore = scanned(100);
        city.confirm(byStore, citizen(KEN)).refuses(new NotYourPayment(byStore));
    }

    @Test
    void a_second_tap_on_ok_has_no_second_effect() {
        PaymentId payment = city.pays(HANA, GREENGROCER, 700);
        city.confirm(payment, store(GREENGROCER))
                .refuses(new PaymentNotProposed(payment, "CAPTURED"));
        assertThat(city.available(HANA)).isEqualTo(new Points(300));
    }

    @Test
    void a_payment_nobody_proposed_cannot_be_answered() {
        var unknown = new PaymentId(new UUID(0, 9));
        city.confirm(unknown, store(GREENGROCER)).refuses(new PaymentNotFound(unknown));
        city.decline(unknown, store(GREENGROCER)).refuses(new PaymentNotFound(unknown));
        city.expire(unknown).refuses(new PaymentNotFound(unknown));
    }

    // No.

    @Test
    void either_side_may_decline_and_the_points_are_free_at_once() {
        PaymentId first = city.proposed(HANA, GREENGROCER, 700);
        assertThat(city.decline(first, store(GREENGROCER)).fact(PaymentDeclined.class).declinedBy())
                .isEqualTo(Side.STORE);
        PaymentId second = city.proposed(HANA, GREENGROCER, 1_000);
        assertThat(city.decline(second, citizen(HANA)).fact(PaymentDeclined.class))
                .isEqualTo(
                        new PaymentDeclined(
                                second,
                                HANA,
                                GREENGROCER,
                                List.of(partOf(BOUGHT, 1_000)),
                                List.of(),
                                Side.CITIZEN,
                                NOON));
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    @Test
    void neither_another_store_nor_another_citizen_may_decline() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.decline(payment, store(SUPERMARKET)).refuses(new NotYourPayment(payment));
        city.decline(payment, citizen(KEN)).refuses(new NotYourPayment(payment));
    }

    @Test
    void what_was_declined_can_be_neither_confirmed_nor_declined_again() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.decline(payment, citizen(HANA));
        city.confirm(payment, store(GREENGROCER))
                .refuses(new PaymentNotProposed(payment, "DECLINED"));
        city.decline(payment, citizen(HANA)).refuses(new PaymentNotProposed(payment, "DECLINED"));
    }

    @Test
    void what_was_captured_cannot_be_declined() {
        PaymentId payment = city.pays(HANA, GREENGROCER, 700);
        city.decline(payment, citizen(HANA)).refuses(new PaymentNotProposed(payment, "CAPTURED"));
    }

    @Test
    void a_stranger_learns_nothing_about_how_a_payment_ended() {
        PaymentId captured = city.pays(HANA, GREENGROCER, 100);
        city.confirm(captured, store(SUPERMARKET)).refuses(new NotYourPayment(captured));
        PaymentId declined = city.proposed(HANA, GREENGROCER, 200);
        city.decline(declined, citizen(HANA));
        city.decline(declined, citizen(KEN)).refuses(new NotYourPayment(declined));
        PaymentId expired = city.proposed(HANA, GREENGROCER, 300);
        city.at(ENDS).confirm(expired, store(SUPERMARKET)).refuses(new NotYourPayment(expired));
        city.expire(expired);
        city.confirm(expired, store(SUPERMARKET)).refuses(new NotYourPayment(expired));
    }

    // Too late.

    @Test
    void an_ok_a_millisecond_before_the_hold_ends_counts() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(ENDS.minusMillis(1))
                .confirm(payment, store(GREENGROCER))
                .leaves(PaymentCaptured.class);
    }

    @Test
    void an_ok_at_the_instant_the_hold_ends_moves_nothing() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(ENDS)
                .confirm(payment, store(GREENGROCER))
                .refuses(new PaymentHasExpired(payment, ENDS));
        city.decline(payment, citizen(HANA)).refuses(new PaymentHasExpired(payment, ENDS));
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    @Test
    void a_late_ok_is_refused_in_the_same_words_after_the_end_was_recorded() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(ENDS.plusSeconds(9)).expire(payment);
        city.confirm(payment, store(GREENGROCER)).refuses(new PaymentHasExpired(payment, ENDS));
    }

    @Test
    void a_late_ok_by_the_proposer_is_refused_in_the_same_words_before_and_after_the_record() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(ENDS).confirm(payment, citizen(HANA)).refuses(new NotYourPayment(payment));
        city.expire(payment);
        city.confirm(payment, citizen(HANA)).refuses(new NotYourPayment(payment));
    }

    @Test
    void a_hold_lasts_three_minutes_or_as_long_as_it_was_given() {
        var proposed =
                city.propose(HANA, GREENGROCER, 1, Duration.ofSeconds(10))
                        .fact(PaymentProposed.class);
        city.at(NOON.plusSeconds(10))
                .confirm(proposed.paymentId(), store(GREENGROCER))
                .refuses(new PaymentHasExpired(proposed.paymentId(), NOON.plusSeconds(10)));
    }

    // The record of the end.

    @Test
    void the_end_of_a_hold_is_recorded_once_and_never_early() {
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(ENDS.minusMillis(1))
                .expire(payment)
                .refuses(new PaymentNotProposed(payment, "PROPOSED"));
        assertThat(city.at(ENDS.plusSeconds(9)).expire(payment).fact(PaymentExpired.class))
                .isEqualTo(
                        new PaymentExpired(
                                payment,
                                HANA,
                                GREENGROCER,
                                List.of(partOf(BOUGHT, 700)),
                                List.of(),
                                ENDS,
                                ENDS.plusSeconds(9)));
        city.expire(payment).refuses(new PaymentNotProposed(payment, "EXPIRED"));
    }

    @Test
    void what_was_answered_does_not_expire() {
        PaymentId captured = city.pays(HANA, GREENGROCER, 100);
        PaymentId declined = city.proposed(HANA, GREENGROCER, 100);
        city.decline(declined, citizen(HANA));
        city.at(ENDS);
        city.expire(captured).refuses(new PaymentNotProposed(captured, "CAPTURED"));
        city.expire(declined).refuses(new PaymentNotProposed(declined, "DECLINED"));
    }

    // A lot that ends while it is held.

    @Test
    void declined_a_millisecond_before_the_lot_ends_gives_everything_back() {
        PaymentId payment = city.at(EXPIRY.minusSeconds(30)).proposed(HANA, GREENGROCER, 700);
        city.at(EXPIRY.minusMillis(1));
        assertThat(city.decline(payment, citizen(HANA)).fact(PaymentDeclined.class).lapsed())
                .isEmpty();
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    @Test
    void declined_at_the_instant_the_lot_ends_lapses_the_amount_in_the_same_fact() {
        PaymentId payment = city.at(EXPIRY.minusSeconds(30)).proposed(HANA, GREENGROCER, 700);
        var declined = city.at(EXPIRY).decline(payment, citizen(HANA)).fact(PaymentDeclined.class);
        assertThat(declined.lapsed()).containsExactly(partOf(BOUGHT, 700));
    }

    @Test
    void of_a_hold_over_two_lots_only_the_one_that_has_ended_lapses() {
        Lot ending = award(2, 500, NOON.plusSeconds(60));
        city.finds(HANA, ending);
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        var expired = city.at(ENDS).expire(payment).fact(PaymentExpired.class);
        assertThat(expired.draws()).containsExactly(partOf(ending, 500), partOf(BOUGHT, 200));
        assertThat(expired.lapsed()).containsExactly(partOf(ending, 500));
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    private PaymentId scanned(long points) {
        return city.scan(HANA, GREENGROCER, "code " + city.newId(), points)
                .fact(PaymentProposed.class)
                .paymentId();
    }
}
