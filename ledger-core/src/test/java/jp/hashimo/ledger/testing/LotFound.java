package jp.hashimo.ledger.testing;

import java.util.List;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletChange;
import org.axonframework.eventsourcing.annotation.EventTag;

/** A lot of any kind is in a wallet, wherever it came from. Only tests know this fact. */
public record LotFound(@EventTag(key = "wallet") WalletId walletId, Lot lot)
        implements WalletChange {
    @Override
    public Wallet applyTo(Wallet wallet) {
        return wallet.receive(List.of(lot));
    }
}
