package jp.hashimo.api.wallet;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import org.springframework.stereotype.Component;

/** Turns an activation code into a login. */
@Component
class Activations {
    private final ActivationCodes codes;
    private final Accounts accounts;
    private final EventLog log;

    Activations(ActivationCodes codes, Accounts accounts, EventLog log) {
        this.codes = codes;
        this.accounts = accounts;
        this.log = log;
    }

    record Activated(CitizenId citizenId, WalletId walletId) {}

    /** Whose code it is; nobody's if it is not ours, or has served. */
    Optional<CitizenRegistered> holder(String code) {
        return codes.find(code).flatMap(this::registered);
    }

    /** One login for each resident, and one for each code. */
    Answer activate(Optional<CitizenRegistered> holder, String code, NewLogin login) {
        CitizenRegistered citizen = holder.orElseThrow(() -> Problem.of(422, "code-invalid"));
        var userId = new UserId(UuidCreator.getTimeOrderedEpoch());
        if (!accounts.open(
                Registrations.citizen(userId, citizen.citizenId(), citizen.walletId()),
                login.name(),
                login.password())) {
            throw Problem.of(409, "already-registered");
        }
        codes.spend(code);
        return Answer.created(new Activated(citizen.citizenId(), citizen.walletId()));
    }

    private Optional<CitizenRegistered> registered(CitizenId citizenId) {
        return log.withTag("citizen:" + citizenId).stream()
                .map(recorded -> recorded.event())
                .filter(CitizenRegistered.class::isInstance)
                .map(CitizenRegistered.class::cast)
                .findFirst();
    }
}
