package jp.hashimo.ledger.payment;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotFound;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.wallet.Hold;

/** Records that a proposal's time is over. The clock decided it; this may come late or twice. */
public record ExpirePayment(PaymentId paymentId) implements Command<Payment, PaymentRejection> {

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
            case Payment.Captured _ -> notProposed("CAPTURED");
            case Payment.Declined _ -> notProposed("DECLINED");
            case Payment.Expired _ -> notProposed("EXPIRED");
            case Payment.Proposed p when !p.hasEndedAt(now) -> notProposed("PROPOSED");
            case Payment.Proposed(var p) ->
                    Decision.accept(PaymentExpired.of(holdOf(p), p.walletId(), now));
        };
    }

    private static Hold holdOf(PaymentProposed p) {
        return new Hold(p.paymentId(), p.merchantId(), p.draws(), p.proposedAt(), p.expiresAt());
    }

    private Decision<PaymentRejection> notProposed(String state) {
        return Decision.reject(new PaymentNotProposed(paymentId, state));
    }
}
