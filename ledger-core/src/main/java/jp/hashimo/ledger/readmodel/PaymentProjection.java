package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;

/** Each payment as both sides see it: amount, lots, state. */
public final class PaymentProjection implements Projection {
    private static final String PROPOSED =
            """
            INSERT INTO payment (ledger_id, payment_id, wallet_id, merchant_id, register_id, store_class, mode, amount, lots,
                policy, duplicate_warning, proposed_at, expires_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PROPOSED')\
            """;
    private static final String CLOSED =
            """
            UPDATE payment SET state = closed.state, closed_at = closed.at
              FROM (SELECT ?::text AS ledger, ?::text AS payment, ?::text AS state, ?::timestamptz AS at) closed
             WHERE ledger_id = closed.ledger AND payment_id = closed.payment\
            """;

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
        rows.inOrder(PROPOSED, CLOSED);
        for (RecordedEvent recorded : batch) {
            if (recorded.event() instanceof PaymentEvent event) {
                apply(rows, event);
            }
        }
    }

    private static void apply(Rows rows, PaymentEvent event) {
        switch (event) {
            case PaymentProposed e ->
                    rows.add(
                            PROPOSED,
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
                            e.expiresAt());
            case PaymentCaptured e -> rows.add(CLOSED, e.paymentId(), "CAPTURED", e.capturedAt());
            case PaymentDeclined e -> rows.add(CLOSED, e.paymentId(), "DECLINED", e.declinedAt());
            case PaymentExpired e -> rows.add(CLOSED, e.paymentId(), "EXPIRED", e.expiredAt());
        }
    }
}
