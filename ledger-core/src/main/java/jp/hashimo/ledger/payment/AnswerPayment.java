package jp.hashimo.ledger.payment;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentRejection.NotYourPayment;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentHasExpired;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotFound;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.wallet.Draw;

/**
 * One side answers a proposal. Only the awaited side can say OK, and then all of the held points
 * move; either side can say no.
 */
public record AnswerPayment(PaymentId paymentId, Answer answer, Party by)
        implements Command<Payment, PaymentRejection> {

    /** Yes or no. */
    public enum Answer {
        CONFIRM,
        DECLINE
    }

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new PaymentOf(paymentId));
    }

    @Override
    public Payment state(Folded known) {
        return known.of(new PaymentOf(paymentId));
    }

    @Override
    public Decision<PaymentRejection> decide(Payment payment, Instant now) {
        return switch (payment) {
            case Payment.Absent _ -> Decision.reject(new PaymentNotFound(paymentId));
            case Payment.Captured(var p) -> closed(new Payment.Proposed(p), "CAPTURED");
            case Payment.Declined(var p) -> closed(new Payment.Proposed(p), "DECLINED");
            case Payment.Expired(var p) when mayAnswer(new Payment.Proposed(p)) ->
                    Decision.reject(new PaymentHasExpired(paymentId, p.expiresAt()));
            case Payment.Expired _ -> Decision.reject(new NotYourPayment(paymentId));
            case Payment.Proposed p when !mayAnswer(p) ->
                    Decision.reject(new NotYourPayment(paymentId));
            // A hold is good up to, but not including, its end: at that instant the points are free
            // again.
            case Payment.Proposed p when p.hasEndedAt(now) ->
                    Decision.reject(new PaymentHasExpired(paymentId, p.proposal().expiresAt()));
            case Payment.Proposed p -> Decision.accept(fact(p, now));
        };
    }

    private boolean mayAnswer(Payment.Proposed proposed) {
        return switch (answer) {
            case CONFIRM -> proposed.awaits(by);
            case DECLINE -> proposed.concerns(by);
        };
    }

    private Decision<PaymentRejection> closed(Payment.Proposed was, String state) {
        return Decision.reject(
                was.concerns(by)
                        ? new PaymentNotProposed(paymentId, state)
                        : new NotYourPayment(paymentId));
    }

    private PaymentEvent fact(Payment.Proposed proposed, Instant now) {
        var p = proposed.proposal();
        return switch (answer) {
            case CONFIRM ->
                    new PaymentCaptured(
                            paymentId, p.walletId(), p.merchantId(), p.amount(), p.draws(), now);
            case DECLINE ->
                    new PaymentDeclined(
                            paymentId,
                            p.walletId(),
                            p.merchantId(),
                            p.draws(),
                            Draw.expiredAt(p.draws(), now),
                            by.side(),
                            now);
        };
    }
}
