package jp.hashimo.ledger.wallet;

import java.util.HashSet;
import java.util.Set;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;

/** The phones that may draw codes for a wallet. */
record DevicesOf(WalletId walletId) implements Fold<Set<DeviceId>> {
    @Override
    public Facts facts() {
        return Facts.of("wallet-holder", walletId);
    }

    @Override
    public Set<DeviceId> initial() {
        return Set.of();
    }

    @Override
    public Set<DeviceId> evolve(Set<DeviceId> devices, LedgerEvent event) {
        var next = new HashSet<>(devices);
        switch (event) {
            case DeviceEnrolled e -> next.add(e.deviceId());
            case DeviceRevoked e -> next.remove(e.deviceId());
            default -> {}
        }
        return Set.copyOf(next);
    }
}
