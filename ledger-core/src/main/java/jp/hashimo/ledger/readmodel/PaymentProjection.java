package jp.hashimo.ledger.readmodel;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;

/** Each payment as both sides see it: amount, lots, state. */
public final class PaymentProjection implements Projection {
    private static final Table PAYMENT =
            Table.of(
                    "payment",
                    "payment_id text",
                    "wallet_id text, merchant_id text, register_id text, store_class text, mode text, amount bigint,"
                            + " lots jsonb, policy text, duplicate_warning boolean, proposed_at timestamptz,"
                            + " expires_at timestamptz, state text, closed_at timestamptz");

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public List<String> tables() {
        return List.of("payment");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        for (RecordedEvent recorded : batch) {
            if (recorded.event() instanceof PaymentEvent event) {
                apply(rows, event);
            }
        }
    }

    private static void apply(Rows rows, PaymentEvent event) {
        switch (event) {
            case PaymentProposed e ->
                    rows.insert(
                            PAYMENT,
                            e.paymentId(),
                            e.walletId(),
                            e.merchantId(),
                            e.registerId(),
                            e.storeClass(),
                            e.mode(),
                            e.amount(),
                            new Rows.Json(LotAmount.of(e.draws())),
                            e.order().name() + "/" + e.order().version(),
                            e.duplicateWarning(),
                            e.proposedAt(),
                            e.expiresAt(),
                            "PROPOSED",
                            null);
            case PaymentCaptured e -> closed(rows, e, "CAPTURED", e.capturedAt());
            case PaymentDeclined e -> closed(rows, e, "DECLINED", e.declinedAt());
            case PaymentExpired e -> closed(rows, e, "EXPIRED", e.expiredAt());
        }
    }

    private static void closed(Rows rows, PaymentEvent event, String state, Instant at) {
        rows.change(PAYMENT, event.paymentId()).set("state", state).set("closed_at", at);
    }
}
