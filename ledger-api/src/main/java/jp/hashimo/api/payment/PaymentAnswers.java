package jp.hashimo.api.payment;

import java.time.Instant;
import java.util.List;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Answers;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.merchant.StoreProfiles;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection;
import jp.hashimo.ledger.payment.PaymentRejection.CodeAlreadyUsed;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.payment.PaymentRejection.InvalidAmount;
import jp.hashimo.ledger.payment.PaymentRejection.NotYourPayment;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentHasExpired;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotFound;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.payment.PaymentRejection.StoreNotAccepting;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.readmodel.LotAmount;
import jp.hashimo.ledger.wallet.Draw;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What both sides of a payment are answered. */
@Component
class PaymentAnswers implements Answers {
    private final StoreProfiles stores;

    PaymentAnswers(StoreProfiles stores) {
        this.stores = stores;
    }

    record Proposal(
            PaymentId paymentId,
            String state,
            Points amount,
            MerchantId merchantId,
            String merchantName,
            StoreClass storeClass,
            List<LotAmount> lots,
            Side awaiting,
            Instant expiresAt,
            boolean duplicateWarning) {}

    record Closed(
            PaymentId paymentId,
            String state,
            Points amount,
            MerchantId merchantId,
            String merchantName,
            List<LotAmount> lots,
            Instant closedAt) {}

    @Override
    public @Nullable Answer to(LedgerEvent event) {
        return event instanceof PaymentEvent fact ? answer(fact) : null;
    }

    private Answer answer(PaymentEvent event) {
        return switch (event) {
            case PaymentProposed e ->
                    Answer.created(
                            new Proposal(
                                    e.paymentId(),
                                    "PROPOSED",
                                    e.amount(),
                                    e.merchantId(),
                                    stores.nameOf(e.merchantId()),
                                    e.storeClass(),
                                    LotAmount.of(e.draws()),
                                    e.mode().awaited(),
                                    e.expiresAt(),
                                    e.duplicateWarning()));
            case PaymentCaptured e -> closed(e, "CAPTURED", e.capturedAt());
            case PaymentDeclined e -> closed(e, "DECLINED", e.declinedAt());
            case PaymentExpired e -> closed(e, "EXPIRED", e.expiredAt());
        };
    }

    private Answer closed(PaymentEvent e, String state, Instant at) {
        return Answer.ok(
                new Closed(
                        e.paymentId(),
                        state,
                        Draw.total(e.draws()),
                        e.merchantId(),
                        stores.nameOf(e.merchantId()),
                        LotAmount.of(e.draws()),
                        at));
    }

    @Override
    public @Nullable Problem to(Rejection rejection) {
        return rejection instanceof PaymentRejection reason ? problem(reason) : null;
    }

    private static Problem problem(PaymentRejection rejection) {
        return switch (rejection) {
            case StoreNotAccepting _ -> Problem.of(409, "store-not-accepting");
            case CodeAlreadyUsed _ -> Problem.of(409, "code-already-used");
            case InvalidAmount _ -> Problem.of(422, "invalid-amount");
            case InsufficientPoints r ->
                    Problem.of(409, "insufficient-points")
                            .with("usable", r.usable())
                            .with("amount", r.amount())
                            .with("notUsableHere", Draw.total(r.notUsableHere()))
                            .with("notUsableLots", LotAmount.of(r.notUsableHere()));
            case PaymentNotFound _ -> Problem.notFound();
            case NotYourPayment _ -> Problem.of(403, "not-your-payment");
            case PaymentHasExpired r ->
                    Problem.of(409, "payment-expired").with("expiredAt", r.expiredAt());
            case PaymentNotProposed r ->
                    Problem.of(409, "payment-not-proposed").with("state", r.state());
        };
    }
}
