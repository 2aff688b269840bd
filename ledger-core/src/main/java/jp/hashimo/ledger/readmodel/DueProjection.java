package jp.hashimo.ledger.readmodel;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.wallet.Lot;

/**
 * What has to be recorded when its time comes. The clock decides; whoever works this off only
 * writes it down.
 */
public final class DueProjection implements Projection {

    /** What comes due. */
    public enum Kind {
        /** A reservation lapses; the subject is the purchase. */
        RESERVATION,
        /** A hold ends; the subject is the payment. */
        HOLD,
        /** Lots end; the subject is the wallet. */
        LOTS
    }

    private static final String COMES_DUE =
            "INSERT INTO due (ledger_id, kind, subject, due_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    // A lot may be issued after its own end, when a reservation made at the last moment is paid.
    // The
    // sweep of that end may have been before it.
    private static final String DUE_AGAIN =
            "UPDATE due SET done = false WHERE ledger_id = ? AND kind = ? AND subject = ? AND due_at = ?";
    private static final String SETTLED =
            "DELETE FROM due WHERE ledger_id = ? AND kind = ? AND subject = ?";

    @Override
    public String name() {
        return "due";
    }

    @Override
    public List<String> tables() {
        return List.of("due");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        rows.inOrder(COMES_DUE, DUE_AGAIN, SETTLED);
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case PurchaseReserved e ->
                        comesDue(rows, Kind.RESERVATION, e.purchaseId(), e.reservedUntil());
                case ReservationLapsed e -> rows.add(SETTLED, Kind.RESERVATION, e.purchaseId());
                case ReservationCancelled e -> rows.add(SETTLED, Kind.RESERVATION, e.purchaseId());
                case VoucherIssued e -> {
                    rows.add(SETTLED, Kind.RESERVATION, e.purchaseId());
                    e.lots().stream()
                            .map(Lot::expiresAt)
                            .distinct()
                            .forEach(end -> {
                                comesDue(rows, Kind.LOTS, e.walletId(), end);
                                rows.add(DUE_AGAIN, Kind.LOTS, e.walletId(), end);
                            });
                }
                case PaymentProposed e -> comesDue(rows, Kind.HOLD, e.paymentId(), e.expiresAt());
                case PaymentCaptured e -> rows.add(SETTLED, Kind.HOLD, e.paymentId());
                case PaymentDeclined e -> rows.add(SETTLED, Kind.HOLD, e.paymentId());
                case PaymentExpired e -> rows.add(SETTLED, Kind.HOLD, e.paymentId());
                default -> {}
            }
        }
    }

    private static void comesDue(Rows rows, Kind kind, Object subject, Instant at) {
        rows.add(COMES_DUE, kind, subject, at);
    }
}
