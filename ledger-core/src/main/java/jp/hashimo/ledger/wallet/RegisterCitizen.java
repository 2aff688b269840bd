package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;

/**
 * A resident gets a wallet. One person, one wallet, or the cap would be worth nothing: whoever is
 * known by any of the keys is refused, unless the counter overrides it with a reason.
 *
 * @param personKeys keyed hashes of what tells one person from another (phone; kana and birth date)
 */
public record RegisterCitizen(
        CitizenId citizenId,
        WalletId walletId,
        List<String> personKeys,
        boolean override,
        UserId by)
        implements Command<Boolean, RegisterCitizen.AlreadyRegistered> {

    /** Somebody known by one of the keys has a wallet. Whose is not said. */
    public record AlreadyRegistered() implements Rejection {}

    public RegisterCitizen {
        personKeys = List.copyOf(personKeys);
    }

    @Override
    public List<Fold<?>> boundary() {
        return List.copyOf(persons());
    }

    @Override
    public List<Fold<?>> presumedNew() {
        return boundary();
    }

    @Override
    public Boolean state(Folded known) {
        return persons().stream().anyMatch(known::of);
    }

    private List<Present> persons() {
        return personKeys.stream().map(key -> Present.of("person", key)).toList();
    }

    @Override
    public Decision<AlreadyRegistered> decide(Boolean known, Instant now) {
        return known && !override
                ? Decision.reject(new AlreadyRegistered())
                : Decision.accept(
                        new CitizenRegistered(citizenId, walletId, personKeys, known, by, now));
    }
}
