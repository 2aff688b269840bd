package jp.hashimo.api.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Answers;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.campaign.PurchaseEvent;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.PurchaseRejection;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.PurchaseRejection.CampaignUnknown;
import jp.hashimo.ledger.campaign.PurchaseRejection.InvalidUnit;
import jp.hashimo.ledger.campaign.PurchaseRejection.NotForYou;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentAmountDiffers;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentReferenceUsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseCapExceeded;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotFound;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.ReservationHasLapsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleClosed;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleNotOpen;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleSuspended;
import jp.hashimo.ledger.campaign.PurchaseRejection.WalletUnknown;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What buyers, clerks and the provider are answered. */
@Component
class PurchaseAnswers implements Answers {

    record Reserved(
            PurchaseId purchaseId,
            String state,
            Yen amount,
            Points premium,
            Instant reservedUntil) {}

    record Issued(
            PurchaseId purchaseId, String state, Yen amount, Points premium, List<LotView> lots) {}

    record ToReturn(PurchaseId purchaseId, String state, TaskId taskId) {}

    @Override
    public @Nullable Answer to(LedgerEvent event) {
        return event instanceof PurchaseEvent fact ? answer(fact) : null;
    }

    private static Answer answer(PurchaseEvent event) {
        return switch (event) {
            case PurchaseReserved e ->
                    Answer.created(
                            new Reserved(
                                    e.purchaseId(),
                                    "RESERVED",
                                    e.amount(),
                                    e.premium(),
                                    e.reservedUntil()));
            case VoucherIssued e ->
                    Answer.ok(
                            new Issued(
                                    e.purchaseId(),
                                    "ISSUED",
                                    e.amount(),
                                    e.premium(),
                                    LotView.of(e.lots())));
            case ReservationCancelled e ->
                    Answer.ok(Map.of("purchaseId", e.purchaseId(), "state", "CANCELLED"));
            case ReservationLapsed e ->
                    Answer.ok(Map.of("purchaseId", e.purchaseId(), "state", "LAPSED"));
            case MoneyToReturn e ->
                    Answer.ok(new ToReturn(e.purchaseId(), "MONEY_TO_RETURN", e.taskId()));
        };
    }

    @Override
    public @Nullable Problem to(Rejection rejection) {
        return rejection instanceof PurchaseRejection reason ? problem(reason) : null;
    }

    private static Problem problem(PurchaseRejection rejection) {
        return switch (rejection) {
            case CampaignUnknown _, WalletUnknown _, PurchaseNotFound _ -> Problem.notFound();
            case SaleNotOpen r -> Problem.of(409, "sale-not-open").with("opensAt", r.opensAt());
            case SaleSuspended _ -> Problem.of(409, "sale-suspended");
            case SaleClosed r -> Problem.of(409, "sale-closed").with("closedAt", r.closedAt());
            case InvalidUnit r ->
                    Problem.of(422, "invalid-unit")
                            .with("unit", r.unit())
                            .with("min", r.min())
                            .with("max", r.max());
            case PurchaseCapExceeded r ->
                    Problem.of(409, "purchase-cap-exceeded")
                            .with("cap", r.cap())
                            .with("bought", r.bought())
                            .with("remaining", r.remaining());
            case BudgetExhausted r ->
                    Problem.of(409, "budget-exhausted").with("unitsRemaining", r.unitsRemaining());
            case PaymentAmountDiffers r ->
                    Problem.of(422, "payment-amount-differs")
                            .with("expected", r.expected())
                            .with("received", r.received());
            case PaymentReferenceUsed _ -> Problem.of(409, "payment-reference-used");
            case ReservationHasLapsed r ->
                    Problem.of(409, "reservation-lapsed").with("lapsedAt", r.lapsedAt());
            case PurchaseNotReserved r ->
                    Problem.of(409, "purchase-not-reserved").with("state", r.state());
            case NotForYou _ -> Problem.forbidden();
        };
    }
}
