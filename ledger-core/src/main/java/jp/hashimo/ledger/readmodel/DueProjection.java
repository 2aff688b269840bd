package jp.hashimo.ledger.readmodel;

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

    /** An answer is waited for once. */
    private static final Table ANSWER =
            Table.of("due", "kind text, subject text", "due_at timestamptz, done boolean");

    // Lots may be issued after their own end, when a reservation made at the last moment is paid.
    // The sweep of that end may have been before it, so they come due again.
    private static final Table END =
            Table.of("due", "kind text, subject text, due_at timestamptz", "done boolean")
                    .onConflict("(ledger_id, kind, subject, due_at) DO UPDATE SET done = false");

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
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case PurchaseReserved e ->
                        rows.insert(
                                ANSWER, Kind.RESERVATION, e.purchaseId(), e.reservedUntil(), false);
                case ReservationLapsed e -> rows.delete(ANSWER, Kind.RESERVATION, e.purchaseId());
                case ReservationCancelled e ->
                        rows.delete(ANSWER, Kind.RESERVATION, e.purchaseId());
                case VoucherIssued e -> {
                    rows.delete(ANSWER, Kind.RESERVATION, e.purchaseId());
                    e.lots()
                            .forEach(lot ->
                                    rows.insert(
                                            END, Kind.LOTS, e.walletId(), lot.expiresAt(), false));
                }
                case PaymentProposed e ->
                        rows.insert(ANSWER, Kind.HOLD, e.paymentId(), e.expiresAt(), false);
                case PaymentCaptured e -> rows.delete(ANSWER, Kind.HOLD, e.paymentId());
                case PaymentDeclined e -> rows.delete(ANSWER, Kind.HOLD, e.paymentId());
                case PaymentExpired e -> rows.delete(ANSWER, Kind.HOLD, e.paymentId());
                default -> {}
            }
        }
    }
}
