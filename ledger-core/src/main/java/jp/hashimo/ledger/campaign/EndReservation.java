package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseRejection.NotForYou;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotFound;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.ReservationHasLapsed;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.UserId;

/** A reservation ends unpaid, and frees cap and budget. */
public record EndReservation(PurchaseId purchaseId, Reason reason)
        implements Command<Purchase, PurchaseRejection> {

    /** Why it ends. */
    public sealed interface Reason {
        /** Whoever reserved it cancels it. */
        record Cancelled(UserId by) implements Reason {}

        /** Its time is over; this only records what the clock has decided. */
        record TimeOver() implements Reason {}
    }

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new PurchaseOf(purchaseId));
    }

    @Override
    public Purchase state(Folded known) {
        return known.of(new PurchaseOf(purchaseId));
    }

    @Override
    public Decision<PurchaseRejection> decide(Purchase purchase, Instant now) {
        return switch (purchase) {
            case Purchase.Absent _ -> Decision.reject(new PurchaseNotFound(purchaseId));
            case Purchase.Issued _ -> notReserved("ISSUED");
            case Purchase.Cancelled _ -> notReserved("CANCELLED");
            case Purchase.Lapsed(var r) ->
                    Decision.reject(new ReservationHasLapsed(purchaseId, r.reservedUntil()));
            case Purchase.Reserved live -> end(live, now);
        };
    }

    private Decision<PurchaseRejection> end(Purchase.Reserved live, Instant now) {
        var r = live.reservation();
        return switch (reason) {
            case Reason.TimeOver _ when live.hasLapsedAt(now) ->
                    Decision.accept(ReservePurchase.lapse(r, now));
            case Reason.TimeOver _ -> notReserved("RESERVED");
            case Reason.Cancelled(var by) when !by.equals(r.reservedBy()) ->
                    Decision.reject(new NotForYou(purchaseId));
            case Reason.Cancelled _ when live.hasLapsedAt(now) ->
                    Decision.reject(new ReservationHasLapsed(purchaseId, r.reservedUntil()));
            case Reason.Cancelled(var by) ->
                    Decision.accept(
                            new ReservationCancelled(
                                    purchaseId,
                                    r.campaignId(),
                                    r.walletId(),
                                    r.amount(),
                                    r.premium(),
                                    by,
                                    now));
        };
    }

    private Decision<PurchaseRejection> notReserved(String state) {
        return Decision.reject(new PurchaseNotReserved(purchaseId, state));
    }
}
