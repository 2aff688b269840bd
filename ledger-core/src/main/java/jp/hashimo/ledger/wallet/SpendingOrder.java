package jp.hashimo.ledger.wallet;

import java.util.Comparator;
import java.util.List;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.wallet.Wallet.Available;

/**
 * The order in which lots are spent: what ends first goes first; of those, what can be spent in
 * fewer places; then the city's money before the resident's own; then the older; then by id, so
 * that no two lots ever tie.
 *
 * <p>Spending the narrow points first costs nobody anything: with equal expiries, whatever later
 * payments some other choice of lots could have served, this one serves too.
 *
 * @param name kept in every payment with the version, so that years later it can be said why these
 *     lots were taken
 */
public record SpendingOrder(String name, int version) {
    public static final SpendingOrder CURRENT = new SpendingOrder("expiry-scope-funding-age", 1);

    private static final Comparator<Available> ORDER =
            Comparator.comparing((Available a) -> a.lot().expiresAt())
                    .thenComparing(a -> a.lot().scope())
                    .thenComparing(a -> !a.lot().fund().isCityMoney())
                    .thenComparing(a -> a.lot().issuedAt())
                    .thenComparing(a -> a.lot().lotId().toString());

    /** What of these lots a store of this class may take, in order, and what it may not. */
    public Plan plan(List<Available> lots, StoreClass storeClass) {
        return new Plan(drawsOf(lots, storeClass, true), drawsOf(lots, storeClass, false), this);
    }

    private static List<Draw> drawsOf(List<Available> lots, StoreClass storeClass, boolean taken) {
        return lots.stream()
                .filter(a -> storeClass.takes(a.lot().scope()) == taken)
                .sorted(ORDER)
                .map(a -> a.lot().draw(a.amount()))
                .toList();
    }
}
