package jp.hashimo.ledger.wallet;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.WalletId;

/**
 * All that ever happened to one wallet. It is kept now and then, for it grows with every payment.
 */
public record WalletOf(WalletId walletId) implements Fold<Wallet> {
    private static final Keepsake<Wallet> KEEPSAKE = new Keepsake<>("wallet/1", Wallet.class);

    @Override
    public Facts facts() {
        return Facts.of("wallet", walletId);
    }

    @Override
    public Wallet initial() {
        return Wallet.EMPTY;
    }

    @Override
    public Wallet evolve(Wallet wallet, LedgerEvent event) {
        return wallet.evolve(event);
    }

    @Override
    public Keepsake<Wallet> keepsake() {
        return KEEPSAKE;
    }

    @Override
    public int weigh(Wallet wallet) {
        return 1 + 2 * (wallet.lots().size() + wallet.holds().size() + wallet.recent().size());
    }
}
