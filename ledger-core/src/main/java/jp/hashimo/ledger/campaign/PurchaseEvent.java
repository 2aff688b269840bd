package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletChange;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Everything that can happen to one purchase, in the order it usually happens: reserve, pay, issue.
 */
public sealed interface PurchaseEvent extends LedgerEvent {
    PurchaseId purchaseId();

    /**
     * Budget and cap are set aside; from here on nothing can say no but the clock.
     *
     * @param amount what the resident will pay, a whole number of units
     * @param premium what the city adds
     * @param reservedUntil the first instant at which the reservation has lapsed, recorded or not
     * @param premiumFund the budget line the premium stands on
     * @param expiresAt the end of the lots that will be issued
     */
    @Event(namespace = "purchase", name = "Reserved", version = "1")
    record PurchaseReserved(
            @EventTag(key = "purchase") PurchaseId purchaseId,
            @EventTag(key = "campaign-sales") CampaignId campaignId,
            WalletId walletId,
            Channel channel,
            Yen amount,
            Points premium,
            Fund premiumFund,
            Instant expiresAt,
            UserId reservedBy,
            Instant reservedAt,
            Instant reservedUntil)
            implements PurchaseEvent {}

    /**
     * The money is there and so are the points: what was bought and its premium, in one act.
     *
     * @param paymentReference the till's or the provider's own number of the money, unique for ever
     */
    @Event(namespace = "purchase", name = "VoucherIssued", version = "1")
    record VoucherIssued(
            @EventTag(key = "purchase") PurchaseId purchaseId,
            @EventTag(key = "campaign-sales") CampaignId campaignId,
            @EventTag(key = "wallet") WalletId walletId,
            Channel channel,
            @EventTag(key = "payment-reference") String paymentReference,
            Yen amount,
            Points premium,
            List<Lot> lots,
            Instant issuedAt)
            implements PurchaseEvent, WalletChange {
        public VoucherIssued {
            lots = List.copyOf(lots);
        }

        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.receive(lots);
        }
    }

    /**
     * Nobody paid in time; cap and budget were free from {@code lapsedAt} on, and this records it.
     */
    @Event(namespace = "purchase", name = "ReservationLapsed", version = "1")
    record ReservationLapsed(
            @EventTag(key = "purchase") PurchaseId purchaseId,
            @EventTag(key = "campaign-sales") CampaignId campaignId,
            WalletId walletId,
            Yen amount,
            Points premium,
            Instant lapsedAt,
            Instant recordedAt)
            implements PurchaseEvent {}

    /** Whoever reserved it thought better of it before paying. */
    @Event(namespace = "purchase", name = "ReservationCancelled", version = "1")
    record ReservationCancelled(
            @EventTag(key = "purchase") PurchaseId purchaseId,
            @EventTag(key = "campaign-sales") CampaignId campaignId,
            WalletId walletId,
            Yen amount,
            Points premium,
            UserId cancelledBy,
            Instant cancelledAt)
            implements PurchaseEvent {}

    /** A provider took money for a purchase that can no longer be issued: the city owes it back. */
    @Event(namespace = "purchase", name = "MoneyToReturn", version = "1")
    record MoneyToReturn(
            @EventTag(key = "purchase") PurchaseId purchaseId,
            CampaignId campaignId,
            TaskId taskId,
            Channel channel,
            @EventTag(key = "payment-reference") String paymentReference,
            Yen amount,
            Instant receivedAt)
            implements PurchaseEvent {}
}
