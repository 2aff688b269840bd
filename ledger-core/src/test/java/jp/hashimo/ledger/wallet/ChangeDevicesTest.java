package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.ChangeDevices.Change;
import jp.hashimo.ledger.wallet.ChangeDevices.DeviceNotFound;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;
import org.junit.jupiter.api.Test;

/** The value belongs to the person, not to a phone. */
class ChangeDevicesTest {
    private static final DeviceId PHONE = new DeviceId(new UUID(0, 61));
    private final City city = City.atNoon().finds(HANA, purchased(1, 1_000));

    @Test
    void a_lost_phone_is_revoked_with_the_value_intact() {
        enrol(HANA).leaves(DeviceEnrolled.class);
        revoke(HANA).leaves(DeviceRevoked.class);
        assertThat(city.available(HANA)).isEqualTo(new Points(1_000));
    }

    @Test
    void a_phone_is_revoked_once() {
        enrol(HANA);
        revoke(HANA);
        revoke(HANA).refuses(new DeviceNotFound(PHONE));
    }

    @Test
    void the_phone_of_another_resident_cannot_be_revoked() {
        enrol(HANA);
        revoke(KEN).refuses(new DeviceNotFound(PHONE));
    }

    private Answer enrol(WalletId wallet) {
        return city.does(new ChangeDevices(wallet, new Change.Enrol(PHONE, "Ed25519", "key")));
    }

    private Answer revoke(WalletId wallet) {
        return city.does(new ChangeDevices(wallet, new Change.Revoke(PHONE, CLERK)));
    }
}
