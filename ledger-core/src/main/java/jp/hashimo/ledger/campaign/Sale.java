package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;

/**
 * How far a campaign is sold, seen from one buyer: what budget and cap still allow.
 *
 * @param reserved the reservations not yet paid, cancelled or recorded as lapsed
 * @param premiumIssued what all buyers have got
 * @param boughtByBuyer what this buyer has paid
 */
public record Sale(
        WalletId buyer,
        Map<PurchaseId, PurchaseReserved> reserved,
        Points premiumIssued,
        Yen boughtByBuyer) {

    public static Sale unsold(WalletId buyer) {
        return new Sale(buyer, Map.of(), Points.ZERO, Yen.ZERO);
    }

    public Sale evolve(LedgerEvent event) {
        return event instanceof PurchaseEvent fact ? after(fact) : this;
    }

    private Sale after(PurchaseEvent fact) {
        return switch (fact) {
            case PurchaseReserved e -> {
                var next = new HashMap<>(reserved);
                next.put(e.purchaseId(), e);
                yield new Sale(buyer, next, premiumIssued, boughtByBuyer);
            }
            case VoucherIssued e ->
                    new Sale(
                            buyer,
                            reservedBut(e.purchaseId()),
                            premiumIssued.plus(e.premium()),
                            e.walletId().equals(buyer)
                                    ? boughtByBuyer.plus(e.amount())
                                    : boughtByBuyer);
            case ReservationLapsed e ->
                    new Sale(buyer, reservedBut(e.purchaseId()), premiumIssued, boughtByBuyer);
            case ReservationCancelled e ->
                    new Sale(buyer, reservedBut(e.purchaseId()), premiumIssued, boughtByBuyer);
            case MoneyToReturn _ -> this;
        };
    }

    /**
     * Reservations whose time is over, though nobody has recorded it: they bind neither cap nor
     * budget. What lapsed first comes first.
     */
    public List<PurchaseReserved> lapsedAt(Instant now) {
        return reserved.values().stream()
                .filter(r -> !now.isBefore(r.reservedUntil()))
                .sorted(
                        Comparator.comparing(PurchaseReserved::reservedUntil)
                                .thenComparing(r -> r.purchaseId().toString()))
                .toList();
    }

    public Points premiumReservedAt(Instant now) {
        return liveAt(now).stream()
                .map(PurchaseReserved::premium)
                .reduce(Points.ZERO, Points::plus);
    }

    /** What counts against this buyer's cap: bought, and still reserved. */
    public Yen committedByBuyerAt(Instant now) {
        return liveAt(now).stream()
                .filter(r -> r.walletId().equals(buyer))
                .map(PurchaseReserved::amount)
                .reduce(boughtByBuyer, Yen::plus);
    }

    private Collection<PurchaseReserved> liveAt(Instant now) {
        return reserved.values().stream().filter(r -> now.isBefore(r.reservedUntil())).toList();
    }

    private Map<PurchaseId, PurchaseReserved> reservedBut(PurchaseId purchaseId) {
        var next = new HashMap<>(reserved);
        next.remove(purchaseId);
        return next;
    }
}
