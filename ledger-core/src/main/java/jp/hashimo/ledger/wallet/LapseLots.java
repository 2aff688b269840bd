package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;

/**
 * The sweep of one wallet: records, once per lot, what has ended unspent. It may be late or run
 * twice; what can be spent does not depend on it. Held points are left to the end of their hold.
 */
public record LapseLots(WalletId walletId) implements Command<Wallet, LapseLots.NothingToLapse> {

    /**
     * No lot has ended, or all that has is recorded already.
     *
     * @param at the instant of which this is true; of a later one it need not be
     */
    public record NothingToLapse(WalletId walletId, Instant at) implements Rejection {}

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new WalletOf(walletId));
    }

    @Override
    public Wallet state(Folded known) {
        return known.of(new WalletOf(walletId));
    }

    @Override
    public Decision<NothingToLapse> decide(Wallet wallet, Instant now) {
        List<LedgerEvent> lapsed =
                wallet.lapsable(now).stream()
                        .<LedgerEvent>map(draw -> new LotLapsed(walletId, draw, now))
                        .toList();
        return lapsed.isEmpty()
                ? Decision.reject(new NothingToLapse(walletId, now))
                : Decision.accept(lapsed);
    }
}
