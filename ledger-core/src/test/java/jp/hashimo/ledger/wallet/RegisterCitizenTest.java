package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.RegisterCitizen.AlreadyRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import org.junit.jupiter.api.Test;

/** One resident, one wallet, or the cap is worth nothing. */
class RegisterCitizenTest {
    private final City city = City.withoutSale();

    @Test
    void a_resident_nobody_knows_gets_a_wallet() {
        var registered = register(false, "phone 1", "kana 1").fact(CitizenRegistered.class);
        assertThat(registered.overridden()).isFalse();
        assertThat(registered.personKeys()).containsExactly("phone 1", "kana 1");
    }

    @Test
    void whoever_is_known_by_any_one_key_is_refused() {
        register(false, "phone 1", "kana 1");
        register(false, "phone 1", "kana 2").refuses(new AlreadyRegistered());
        register(false, "phone 2", "kana 1").refuses(new AlreadyRegistered());
        register(false, "kana 1").refuses(new AlreadyRegistered());
        register(false, "phone 2", "kana 2").leaves(CitizenRegistered.class);
    }

    @Test
    void the_counter_may_override_and_the_wallet_is_flagged_for_review() {
        register(false, "phone 1");
        assertThat(register(true, "phone 1").fact(CitizenRegistered.class).overridden()).isTrue();
    }

    @Test
    void an_override_that_was_not_needed_flags_nobody() {
        assertThat(register(true, "phone 1").fact(CitizenRegistered.class).overridden()).isFalse();
    }

    private Answer register(boolean override, String... keys) {
        return city.does(
                new RegisterCitizen(
                        new CitizenId(UUID.randomUUID()),
                        new WalletId(UUID.randomUUID()),
                        List.of(keys),
                        override,
                        CLERK));
    }
}
