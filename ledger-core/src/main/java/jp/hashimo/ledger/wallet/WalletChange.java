package jp.hashimo.ledger.wallet;

import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.WalletId;

/**
 * A fact that changes what a wallet holds, whichever feature it comes from. It knows how, so that a
 * wallet needs to know neither sales nor payments.
 */
public interface WalletChange extends LedgerEvent {
    WalletId walletId();

    Wallet applyTo(Wallet wallet);
}
