package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.store;
import static jp.hashimo.ledger.testing.Lots.award;
import static jp.hashimo.ledger.testing.Lots.partOf;
import static jp.hashimo.ledger.testing.Lots.premium;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.LapseLots.NothingToLapse;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import org.junit.jupiter.api.Test;

/** The sweep records what the clock has ended. It decides nothing. */
class LapseLotsTest {
    private static final Lot BOUGHT = purchased(1, 1_000);
    private static final Lot PREMIUM = premium(2, 300);

    @Test
    void a_millisecond_before_the_end_there_is_nothing_to_sweep() {
        City.withoutSale()
                .finds(HANA, BOUGHT)
                .at(EXPIRY.minusMillis(1))
                .sweep(HANA)
                .refuses(new NothingToLapse(HANA, EXPIRY.minusMillis(1)));
    }

    @Test
    void at_the_end_each_lot_lapses_with_what_remains_of_it() {
        City city = City.withoutSale().at(NOON).finds(HANA, BOUGHT).finds(HANA, PREMIUM);
        city.pays(HANA, GREENGROCER, 700);
        assertThat(city.at(EXPIRY).sweep(HANA).appended())
                .containsExactly(new LotLapsed(HANA, partOf(BOUGHT, 600), EXPIRY));
    }

    @Test
    void one_fact_is_recorded_for_each_lot() {
        City city = City.withoutSale().finds(HANA, BOUGHT).finds(HANA, PREMIUM);
        assertThat(city.at(EXPIRY).sweep(HANA).appended())
                .containsExactly(
                        new LotLapsed(HANA, partOf(BOUGHT, 1_000), EXPIRY),
                        new LotLapsed(HANA, partOf(PREMIUM, 300), EXPIRY));
    }

    @Test
    void a_sweep_that_runs_twice_records_once() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(EXPIRY);
        city.sweep(HANA).leaves(LotLapsed.class);
        city.sweep(HANA).refuses(nothingAt(city.now()));
    }

    @Test
    void a_late_sweep_keeps_the_instant_the_lot_ended_beside_that_of_its_record() {
        City city = City.withoutSale().finds(HANA, BOUGHT);
        Instant late = EXPIRY.plus(Duration.ofDays(3));
        var lapsed = city.at(late).sweep(HANA).fact(LotLapsed.class);
        assertThat(lapsed.lapsed().expiresAt()).isEqualTo(EXPIRY);
        assertThat(lapsed.recordedAt()).isEqualTo(late);
    }

    @Test
    void only_the_lots_that_have_ended_lapse() {
        Lot sooner = award(3, 500, EXPIRY.minus(Duration.ofDays(30)));
        City city = City.withoutSale().finds(HANA, BOUGHT).finds(HANA, sooner);
        assertThat(city.at(sooner.expiresAt()).sweep(HANA).fact(LotLapsed.class).lapsed())
                .isEqualTo(partOf(sooner, 500));
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    @Test
    void the_sweep_leaves_held_points_to_the_payment_that_holds_them() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(EXPIRY.minusSeconds(30));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        assertThat(city.at(EXPIRY).sweep(HANA).fact(LotLapsed.class).lapsed())
                .isEqualTo(partOf(BOUGHT, 300));
        city.sweep(HANA).refuses(nothingAt(city.now()));
        city.after(Duration.ofSeconds(90))
                .confirm(payment, store(GREENGROCER))
                .leaves(PaymentCaptured.class);
        city.sweep(HANA).refuses(nothingAt(city.now()));
    }

    @Test
    void held_points_that_come_back_too_late_lapse_with_the_hold_and_not_by_the_sweep() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(EXPIRY.minusSeconds(30));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 700);
        city.at(EXPIRY).sweep(HANA).leaves(LotLapsed.class);
        var declined =
                city.at(EXPIRY.plusSeconds(1))
                        .decline(payment, store(GREENGROCER))
                        .fact(PaymentDeclined.class);
        assertThat(declined.lapsed()).containsExactly(partOf(BOUGHT, 700));
        city.sweep(HANA).refuses(nothingAt(city.now()));
        assertThat(city.wallet(HANA).lots().get(BOUGHT.lotId()))
                .isEqualTo(new Wallet.Balance(BOUGHT, Points.ZERO));
    }

    @Test
    void an_ended_hold_nobody_has_recorded_is_still_left_to_its_own_record() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(EXPIRY.minusSeconds(30));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 1_000);
        city.after(HELD_FOR).sweep(HANA).refuses(nothingAt(city.now()));
        assertThat(city.expire(payment).fact(PaymentExpired.class).lapsed())
                .containsExactly(partOf(BOUGHT, 1_000));
        city.sweep(HANA).refuses(nothingAt(city.now()));
    }

    @Test
    void a_lapsed_lot_stays_in_the_wallet_with_nothing_left_of_it() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(EXPIRY);
        city.sweep(HANA);
        assertThat(city.wallet(HANA).lots()).containsKey(BOUGHT.lotId());
    }

    private static NothingToLapse nothingAt(Instant now) {
        return new NothingToLapse(HANA, now);
    }
}
