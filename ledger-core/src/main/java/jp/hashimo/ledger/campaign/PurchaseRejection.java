package jp.hashimo.ledger.campaign;

import java.time.Instant;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Yen;

/** The ways a purchase can be refused, in the order they are checked. */
public sealed interface PurchaseRejection extends Rejection {

    record CampaignUnknown(CampaignId campaignId) implements PurchaseRejection {}

    record WalletUnknown(WalletId walletId) implements PurchaseRejection {}

    /** A draft, or an approved campaign before its first instant. */
    record SaleNotOpen(Instant opensAt) implements PurchaseRejection {}

    record SaleSuspended() implements PurchaseRejection {}

    record SaleClosed(Instant closedAt) implements PurchaseRejection {}

    /** Not a whole number of units, none at all, or more than anybody may buy. */
    record InvalidUnit(Yen unit, Yen min, Yen max) implements PurchaseRejection {}

    record PurchaseCapExceeded(Yen cap, Yen bought, Yen remaining) implements PurchaseRejection {}

    record BudgetExhausted(long unitsRemaining) implements PurchaseRejection {}

    record PurchaseNotFound(PurchaseId purchaseId) implements PurchaseRejection {}

    /** Somebody reports another amount than was reserved. */
    record PaymentAmountDiffers(Yen expected, Yen received) implements PurchaseRejection {}

    record PaymentReferenceUsed(String paymentReference) implements PurchaseRejection {}

    record ReservationHasLapsed(PurchaseId purchaseId, Instant lapsedAt)
            implements PurchaseRejection {}

    /** The purchase is already issued or cancelled. */
    record PurchaseNotReserved(PurchaseId purchaseId, String state) implements PurchaseRejection {}

    /**
     * Money of one channel was reported by somebody who does not speak for it, or another's
     * reservation was to be cancelled.
     */
    record NotForYou(PurchaseId purchaseId) implements PurchaseRejection {}
}
