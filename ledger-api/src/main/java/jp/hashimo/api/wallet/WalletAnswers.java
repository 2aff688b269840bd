package jp.hashimo.api.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Answers;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.ChangeDevices.DeviceNotFound;
import jp.hashimo.ledger.wallet.RegisterCitizen.AlreadyRegistered;
import jp.hashimo.ledger.wallet.WalletEvent;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What residents and the counter are told. */
@Component
class WalletAnswers implements Answers {
    private final Vault vault;
    private final ActivationCodes codes;

    WalletAnswers(Vault vault, ActivationCodes codes) {
        this.vault = vault;
        this.codes = codes;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Registered(CitizenId citizenId, WalletId walletId, @Nullable String activationCode) {}

    record Enrolled(DeviceId deviceId) {}

    record Revoked(DeviceId deviceId, String state) {}

    @Override
    public @Nullable Answer to(LedgerEvent event) {
        return event instanceof WalletEvent fact ? answer(fact) : null;
    }

    private @Nullable Answer answer(WalletEvent fact) {
        return switch (fact) {
            case CitizenRegistered e ->
                    Answer.created(new Registered(e.citizenId(), e.walletId(), codeFor(e)));
            case DeviceEnrolled e -> Answer.created(new Enrolled(e.deviceId()));
            case DeviceRevoked e -> Answer.ok(new Revoked(e.deviceId(), "REVOKED"));
            // The sweep asks, and no caller.
            case LotLapsed _ -> null;
        };
    }

    private @Nullable String codeFor(CitizenRegistered e) {
        return vault.get(e.citizenId(), Resident.class).filter(Resident::activates).isPresent()
                ? codes.of(e.citizenId())
                : null;
    }

    @Override
    public @Nullable Problem to(Rejection rejection) {
        return switch (rejection) {
            case AlreadyRegistered _ -> Problem.of(409, "already-registered");
            case DeviceNotFound _ -> Problem.notFound();
            default -> null;
        };
    }
}
