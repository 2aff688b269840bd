package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/** A few events of an imagined town, enough to try the log with. */
final class Town {
    static final List<Class<? extends LedgerEvent>> EVENTS =
            List.of(Opened.class, Paid.class, Counted.class, Gathered.class);

    enum Weather {
        FINE,
        RAIN;

        @Override
        public String toString() {
            return "the weather is " + name();
        }
    }

    record Share(WalletId wallet, Points points) {}

    @Event(namespace = "town", name = "Opened", version = "1")
    record Opened(@EventTag(key = "shop") String shop) implements LedgerEvent {}

    @Event(namespace = "town", name = "Paid", version = "1")
    record Paid(
            @EventTag(key = "shop") String shop,
            @EventTag(key = "payer") @EventTag(key = "party") String payer,
            Points points)
            implements LedgerEvent {}

    @Event(namespace = "town", name = "Counted", version = "1")
    record Counted(long visitors) implements LedgerEvent {}

    /** Everything the written form has a rule for. */
    @Event(namespace = "town", name = "Gathered", version = "2")
    record Gathered(
            Instant at,
            @Nullable @EventTag String place,
            @EventTag(key = "wallet") List<WalletId> wallets,
            List<Share> shares,
            Map<WalletId, Points> byWallet,
            Map<Weather, Integer> days,
            Weather weather,
            boolean festival,
            @Nullable Points best)
            implements LedgerEvent {
        /** Derived, so not part of the written form. */
        boolean isEmpty() {
            return wallets.isEmpty();
        }
    }

    private Town() {}
}
