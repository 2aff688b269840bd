package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.Lots.partOf;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.City;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wallet's balances are exact to the instant, and a history that cannot be stops the work. */
class WalletTest {
    private static final PaymentId PAYMENT = new PaymentId(new UUID(0, 1));
    private static final Lot BOUGHT = purchased(1, 1_000);
    private static final Wallet WALLET = Wallet.EMPTY.receive(List.of(BOUGHT));
    private static final Hold HOLD =
            new Hold(PAYMENT, GREENGROCER, List.of(partOf(BOUGHT, 400)), NOON, NOON.plus(HELD_FOR));

    @Test
    void held_points_are_not_available_until_the_instant_their_hold_ends() {
        City city = City.withoutSale().finds(HANA, BOUGHT).at(NOON);
        city.proposed(HANA, GREENGROCER, 400);
        assertThat(city.available(HANA)).isEqualTo(new Points(600));
        city.at(NOON.plus(HELD_FOR).minusMillis(1));
        assertThat(city.available(HANA)).isEqualTo(new Points(600));
        assertThat(city.wallet(HANA).heldOf(BOUGHT.lotId(), city.now())).isEqualTo(new Points(400));
        city.at(NOON.plus(HELD_FOR));
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
        assertThat(city.wallet(HANA).heldOf(BOUGHT.lotId(), city.now())).isEqualTo(Points.ZERO);
    }

    @Test
    void a_lot_cannot_come_twice() {
        assertBroken(() -> WALLET.receive(List.of(BOUGHT)));
    }

    @Test
    void a_payment_cannot_hold_twice() {
        assertBroken(() -> WALLET.hold(HOLD).hold(HOLD));
    }

    @Test
    void what_is_not_held_can_be_neither_captured_nor_released() {
        assertBroken(() -> WALLET.capture(PAYMENT));
        assertBroken(() -> WALLET.release(PAYMENT, List.of()));
    }

    @Test
    void nothing_is_taken_of_a_lot_the_wallet_never_had() {
        assertBroken(() -> WALLET.lapse(partOf(purchased(2, 1), 1)));
    }

    @Test
    void no_more_is_taken_of_a_lot_than_it_has() {
        assertThatIllegalArgumentException().isThrownBy(() -> WALLET.lapse(partOf(BOUGHT, 1_001)));
    }

    @Test
    void a_lot_of_no_points_is_not_issued() {
        assertThatIllegalArgumentException().isThrownBy(() -> purchased(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "premium-2023", "令和5", "A B"})
    void a_fund_has_a_code_the_city_can_type(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fund(code));
    }

    private static void assertBroken(Runnable work) {
        assertThatExceptionOfType(LedgerInvariantBroken.class).isThrownBy(work::run);
    }
}
