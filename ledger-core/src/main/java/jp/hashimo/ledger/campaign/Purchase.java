package jp.hashimo.ledger.campaign;

import java.time.Instant;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;

/** One purchase, as the log has it. */
public sealed interface Purchase {

    record Absent() implements Purchase {}

    /** Live or lapsed: the clock tells. */
    record Reserved(PurchaseReserved reservation) implements Purchase {
        boolean hasLapsedAt(Instant now) {
            return !now.isBefore(reservation.reservedUntil());
        }
    }

    record Issued(PurchaseReserved reservation) implements Purchase {}

    record Lapsed(PurchaseReserved reservation) implements Purchase {}

    record Cancelled(PurchaseReserved reservation) implements Purchase {}

    static Purchase absent() {
        return new Absent();
    }

    default Purchase evolve(PurchaseEvent event) {
        return switch (event) {
            case PurchaseReserved e -> new Reserved(e);
            case VoucherIssued _ when this instanceof Reserved(var r) -> new Issued(r);
            case ReservationLapsed _ when this instanceof Reserved(var r) -> new Lapsed(r);
            case ReservationCancelled _ when this instanceof Reserved(var r) -> new Cancelled(r);
            case VoucherIssued _, ReservationLapsed _, ReservationCancelled _ -> this;
            case MoneyToReturn _ -> this;
        };
    }
}
