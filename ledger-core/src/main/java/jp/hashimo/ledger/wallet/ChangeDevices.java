package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;

/** A phone is enrolled for a wallet, or revoked. */
public record ChangeDevices(WalletId walletId, Change change)
        implements Command<Set<DeviceId>, ChangeDevices.DeviceNotFound> {

    /** What is to happen to which phone. */
    public sealed interface Change {
        DeviceId deviceId();

        record Enrol(DeviceId deviceId, String alg, String publicKey) implements Change {}

        record Revoke(DeviceId deviceId, UserId by) implements Change {}
    }

    /** The wallet has no such phone, or it is revoked already. */
    public record DeviceNotFound(DeviceId deviceId) implements Rejection {}

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new DevicesOf(walletId));
    }

    @Override
    public Set<DeviceId> state(Folded known) {
        return known.of(new DevicesOf(walletId));
    }

    @Override
    public Decision<DeviceNotFound> decide(Set<DeviceId> devices, Instant now) {
        return switch (change) {
            case Change.Enrol(var id, var alg, var key) ->
                    Decision.accept(new DeviceEnrolled(walletId, id, alg, key, now));
            case Change.Revoke(var id, var by) when devices.contains(id) ->
                    Decision.accept(new DeviceRevoked(walletId, id, by, now));
            case Change.Revoke(var id, _) -> Decision.reject(new DeviceNotFound(id));
        };
    }
}
