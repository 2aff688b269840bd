package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.PurchaseRejection.NotForYou;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentAmountDiffers;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentReferenceUsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotFound;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.ReservationHasLapsed;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;

/**
 * The money for a purchase has come: the points are issued, both kinds or none, at most once for a
 * payment reference.
 *
 * <p>A clerk who comes too late is refused and hands the cash back. A provider already has the
 * money, so it is never refused for being late: nothing is issued, and the city owes the money
 * back.
 */
public record PayPurchase(PurchaseId purchaseId, Money money, NewIds ids)
        implements Command<PayPurchase.State, PurchaseRejection> {

    /** Who says that the money is there. */
    public sealed interface Money {
        String paymentReference();

        /** Cash in the till. */
        record Cash(String paymentReference) implements Money {}

        /** Money at the payment provider. */
        record AtProvider(String paymentReference, long amount) implements Money {}
    }

    /** Names for what may come into being, made at the edge. */
    public record NewIds(LotId purchased, LotId premium, TaskId task) {}

    /** What the decision knows. */
    public record State(Purchase purchase, boolean referenceUsed) {}

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new PurchaseOf(purchaseId), reference());
    }

    @Override
    public List<Fold<?>> presumedNew() {
        return List.of(reference());
    }

    @Override
    public State state(Folded known) {
        return new State(known.of(new PurchaseOf(purchaseId)), known.of(reference()));
    }

    private Present reference() {
        return Present.of("payment-reference", money.paymentReference());
    }

    @Override
    public Decision<PurchaseRejection> decide(State state, Instant now) {
        return switch (state.purchase) {
            case Purchase.Absent _ -> Decision.reject(new PurchaseNotFound(purchaseId));
            case Purchase.Reserved reserved -> decide(reserved.reservation(), state, now);
            case Purchase.Issued(var reservation) -> decide(reservation, state, now);
            case Purchase.Lapsed(var reservation) -> decide(reservation, state, now);
            case Purchase.Cancelled(var reservation) -> decide(reservation, state, now);
        };
    }

    private Decision<PurchaseRejection> decide(
            PurchaseReserved reservation, State state, Instant now) {
        return switch (money) {
            case Money.Cash _ when reservation.channel().isReportedByProvider() ->
                    Decision.reject(new NotForYou(purchaseId));
            case Money.AtProvider _ when !reservation.channel().isReportedByProvider() ->
                    Decision.reject(new NotForYou(purchaseId));
            case Money.AtProvider(_, long amount) when amount != reservation.amount().amount() ->
                    Decision.reject(
                            new PaymentAmountDiffers(
                                    reservation.amount(), new Yen(Math.max(0, amount))));
            case Money _ when state.referenceUsed ->
                    Decision.reject(new PaymentReferenceUsed(money.paymentReference()));
            case Money.Cash _ ->
                    state.purchase instanceof Purchase.Reserved live
                            ? cash(live, now)
                            : closed(state.purchase);
            case Money.AtProvider _ ->
                    Decision.accept(
                            state.purchase instanceof Purchase.Reserved live
                                            && !live.hasLapsedAt(now)
                                    ? List.of(issue(reservation, now))
                                    : late(state.purchase, reservation, now));
        };
    }

    private Decision<PurchaseRejection> cash(Purchase.Reserved live, Instant now) {
        return live.hasLapsedAt(now)
                ? Decision.reject(
                        new ReservationHasLapsed(purchaseId, live.reservation().reservedUntil()))
                : Decision.accept(issue(live.reservation(), now));
    }

    private Decision<PurchaseRejection> closed(Purchase purchase) {
        return Decision.reject(
                switch (purchase) {
                    case Purchase.Lapsed(var r) ->
                            new ReservationHasLapsed(purchaseId, r.reservedUntil());
                    case Purchase.Cancelled _ -> new PurchaseNotReserved(purchaseId, "CANCELLED");
                    case Purchase.Issued _ -> new PurchaseNotReserved(purchaseId, "ISSUED");
                    case Purchase.Absent _, Purchase.Reserved _ -> new PurchaseNotFound(purchaseId);
                });
    }

    private List<LedgerEvent> late(Purchase purchase, PurchaseReserved reservation, Instant now) {
        var toReturn =
                new MoneyToReturn(
                        purchaseId,
                        reservation.campaignId(),
                        ids.task(),
                        reservation.channel(),
                        money.paymentReference(),
                        reservation.amount(),
                        now);
        return purchase instanceof Purchase.Reserved
                ? List.of(ReservePurchase.lapse(reservation, now), toReturn)
                : List.of(toReturn);
    }

    private VoucherIssued issue(PurchaseReserved r, Instant now) {
        var bought =
                new Lot(
                        ids.purchased(),
                        LotKind.PURCHASED,
                        Scope.ALL,
                        Fund.CITIZENS,
                        new Points(r.amount().amount()),
                        now,
                        r.expiresAt(),
                        r.campaignId(),
                        null);
        var premium =
                new Lot(
                        ids.premium(),
                        LotKind.PREMIUM,
                        Scope.LOCAL,
                        r.premiumFund(),
                        r.premium(),
                        now,
                        r.expiresAt(),
                        r.campaignId(),
                        null);
        return new VoucherIssued(
                purchaseId,
                r.campaignId(),
                r.walletId(),
                r.channel(),
                money.paymentReference(),
                r.amount(),
                r.premium(),
                List.of(bought, premium),
                now);
    }
}
