package jp.hashimo.api.wallet;

import java.time.Instant;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import org.springframework.stereotype.Component;

/** A wallet as it was: the fold of what the log held by then. */
@Component
class WalletPast {
    private final EventLog log;
    private final LedgerClock clock;

    WalletPast(EventLog log, LedgerClock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** As of an instant means: as of the last position stamped before it. */
    WalletView at(WalletId walletId, Instant asOf) {
        if (asOf.isAfter(clock.instant())) {
            throw Problem.of(422, "as-of-in-future").with("asOf", asOf);
        }
        long position = log.lastPositionBefore(asOf);
        Wallet wallet = Wallet.EMPTY;
        boolean known = false;
        for (RecordedEvent recorded : log.withTag("wallet:" + walletId)) {
            if (recorded.position() <= position) {
                wallet = wallet.evolve(recorded.event());
                known |= recorded.event() instanceof CitizenRegistered;
            }
        }
        if (!known) {
            throw Problem.notFound();
        }
        return WalletView.of(walletId, wallet, asOf, position);
    }
}
