package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * How far a campaign is sold: what budget and cap still allow.
 *
 * <p>The maps share their unchanged parts with the state before, so that one more sale costs the
 * same whether ten people have bought or sixty thousand.
 *
 * @param open the reservations not yet paid, cancelled or recorded as lapsed; what ends first is
 *     first
 * @param buyers what each of those who bought or reserved has
 * @param premiumOpen the premium of the open reservations
 * @param premiumIssued what all buyers have got
 */
public record Sale(
        PSortedMap<End, PurchaseReserved> open,
        PMap<WalletId, Buyer> buyers,
        Points premiumOpen,
        Points premiumIssued) {

    public static final Sale UNSOLD =
            new Sale(TreePMap.empty(), HashTreePMap.empty(), Points.ZERO, Points.ZERO);

    /** When a reservation ends, and whose; of two that end together the lesser id is first. */
    record End(Instant reservedUntil, String purchaseId) implements Comparable<End> {
        static End of(PurchaseReserved r) {
            return new End(r.reservedUntil(), r.purchaseId().toString());
        }

        @Override
        public int compareTo(End other) {
            return Comparator.comparing(End::reservedUntil)
                    .thenComparing(End::purchaseId)
                    .compare(this, other);
        }
    }

    /** One buyer: what is paid, and what is reserved. */
    record Buyer(Yen bought, PMap<PurchaseId, PurchaseReserved> open) {
        static final Buyer NEW = new Buyer(Yen.ZERO, HashTreePMap.empty());
    }

    public Sale evolve(LedgerEvent event) {
        return event instanceof PurchaseEvent fact ? after(fact) : this;
    }

    private Sale after(PurchaseEvent fact) {
        return switch (fact) {
            case PurchaseReserved e -> reserve(e);
            case VoucherIssued e -> end(e.walletId(), e.purchaseId()).issue(e);
            case ReservationLapsed e -> end(e.walletId(), e.purchaseId());
            case ReservationCancelled e -> end(e.walletId(), e.purchaseId());
            case MoneyToReturn _ -> this;
        };
    }

    private Sale reserve(PurchaseReserved r) {
        Buyer buyer = buyer(r.walletId());
        return new Sale(
                open.plus(End.of(r), r),
                buyers.plus(
                        r.walletId(),
                        new Buyer(buyer.bought(), buyer.open().plus(r.purchaseId(), r))),
                premiumOpen.plus(r.premium()),
                premiumIssued);
    }

    private Sale end(WalletId walletId, PurchaseId purchaseId) {
        Buyer buyer = buyer(walletId);
        PurchaseReserved r = buyer.open().get(purchaseId);
        return r == null
                ? this
                : new Sale(
                        open.minus(End.of(r)),
                        buyers.plus(
                                walletId,
                                new Buyer(buyer.bought(), buyer.open().minus(purchaseId))),
                        premiumOpen.minus(r.premium()),
                        premiumIssued);
    }

    private Sale issue(VoucherIssued e) {
        Buyer buyer = buyer(e.walletId());
        return new Sale(
                open,
                buyers.plus(e.walletId(), new Buyer(buyer.bought().plus(e.amount()), buyer.open())),
                premiumOpen,
                premiumIssued.plus(e.premium()));
    }

    private Buyer buyer(WalletId walletId) {
        return buyers.getOrDefault(walletId, Buyer.NEW);
    }

    /**
     * Reservations whose time is over, though nobody has recorded it: they bind neither cap nor
     * budget. What lapsed first comes first.
     */
    public List<PurchaseReserved> lapsedAt(Instant now) {
        var lapsed = new ArrayList<PurchaseReserved>();
        for (PurchaseReserved r : open.values()) {
            if (now.isBefore(r.reservedUntil())) {
                break;
            }
            lapsed.add(r);
        }
        return lapsed;
    }

    public Points premiumReservedAt(Instant now) {
        return lapsedAt(now).stream()
                .map(PurchaseReserved::premium)
                .reduce(premiumOpen, Points::minus);
    }

    /** What counts against a buyer's cap: bought, and still reserved. */
    public Yen committedAt(WalletId walletId, Instant now) {
        Buyer buyer = buyer(walletId);
        return buyer.open().values().stream()
                .filter(r -> now.isBefore(r.reservedUntil()))
                .map(PurchaseReserved::amount)
                .reduce(buyer.bought(), Yen::plus);
    }
}
