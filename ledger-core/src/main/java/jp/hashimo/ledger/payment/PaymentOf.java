package jp.hashimo.ledger.payment;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.PaymentId;

/** One payment by its facts, of which it has two or three. */
record PaymentOf(PaymentId paymentId) implements Fold<Payment> {
    @Override
    public Facts facts() {
        return Facts.of("payment", paymentId);
    }

    @Override
    public Payment initial() {
        return Payment.absent();
    }

    @Override
    public Payment evolve(Payment payment, LedgerEvent event) {
        return payment.evolve(paymentId, event);
    }
}
