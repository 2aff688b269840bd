package jp.hashimo.ledger.payment;

import java.time.Instant;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;

/** One payment, as the log has it. */
public sealed interface Payment {

    record Absent() implements Payment {}

    /** Waiting for the other side; whether its time is over, the clock tells. */
    record Proposed(PaymentProposed proposal) implements Payment {

        boolean awaits(Party party) {
            return party.side() == proposal.mode().awaited() && concerns(party);
        }

        boolean concerns(Party party) {
            return switch (party) {
                case Party.Citizen(var walletId) -> walletId.equals(proposal.walletId());
                case Party.Shop(var merchantId) -> merchantId.equals(proposal.merchantId());
            };
        }

        boolean hasEndedAt(Instant now) {
            return !now.isBefore(proposal.expiresAt());
        }
    }

    record Captured(PaymentProposed proposal) implements Payment {}

    record Declined(PaymentProposed proposal) implements Payment {}

    record Expired(PaymentProposed proposal) implements Payment {}

    static Payment absent() {
        return new Absent();
    }

    default Payment evolve(PaymentId paymentId, LedgerEvent event) {
        return event instanceof PaymentEvent fact && fact.paymentId().equals(paymentId)
                ? after(fact)
                : this;
    }

    private Payment after(PaymentEvent fact) {
        return switch (fact) {
            case PaymentProposed e -> new Proposed(e);
            case PaymentCaptured _ when this instanceof Proposed(var p) -> new Captured(p);
            case PaymentDeclined _ when this instanceof Proposed(var p) -> new Declined(p);
            case PaymentExpired _ when this instanceof Proposed(var p) -> new Expired(p);
            case PaymentCaptured _, PaymentDeclined _, PaymentExpired _ -> this;
        };
    }
}
