package jp.hashimo.loadtest.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * A town with a past, loaded into an empty log.
 *
 * @param stores where people pay; the first is the busy one
 * @param busy the store with the most payments
 * @param quiet stores with ten payments each, where nobody pays by chance: they are quiet only once
 */
record LargeTown(
        List<WalletId> wallets, List<MerchantId> stores, MerchantId busy, List<MerchantId> quiet) {
    private static final int STORES = 500;
    private static final int QUIET_STORES = 100;
    private static final int QUIET_PAYMENTS = 10;

    /** What is known of a payer has to be remembered, and a million would fill the heap. */
    private static final int MOST_PAYERS = 200_000;

    LargeTown {
        wallets = List.copyOf(wallets);
        stores = List.copyOf(stores);
        quiet = List.copyOf(quiet);
    }

    /**
     * Loads it. Every payment is of one point, proposed and confirmed.
     *
     * @param events how many at least, if that is more than the residents alone take
     * @param busyPayments how many of the payments the busy store gets first
     */
    static LargeTown load(EventStorageEngine engine, int residents, int events, int busyPayments) {
        var town = new TownFacts();
        var random = new SplittableRandom(residents);
        List<MerchantId> stores = new ArrayList<>();
        List<WalletId> wallets = new ArrayList<>();
        List<TownFacts.Payer> payers = new ArrayList<>();
        int[] paid = new int[Math.min(residents, MOST_PAYERS)];
        long written = 2;
        try (var loader = new Loader(engine)) {
            loader.add(town.sale());
            for (int i = 0; i < STORES + QUIET_STORES; i++) {
                var store = town.store();
                stores.add(store.merchantId());
                loader.add(List.of(store));
                written++;
            }
            for (int i = 0; i < residents; i++) {
                TownFacts.Resident resident = town.resident(1);
                wallets.add(resident.walletId());
                if (payers.size() < paid.length) {
                    payers.add(resident.payer());
                }
                loader.add(resident.facts());
                written += resident.facts().size();
            }
            for (int i = 0; written < events; i++) {
                MerchantId store = stores.get(placeOf(i, busyPayments, random));
                int who = random.nextInt(paid.length);
                TownFacts.Payment payment = town.payment(payers.get(who), store, paid[who]++);
                loader.add(List.of(payment.proposed()));
                loader.add(List.of(payment.captured()));
                written += 2;
            }
        }
        return new LargeTown(
                wallets,
                stores.subList(0, STORES),
                stores.getFirst(),
                stores.subList(STORES, stores.size()));
    }

    /** The quiet stores first, then the busy one, then any of the others. */
    private static int placeOf(int payment, int busyPayments, SplittableRandom random) {
        int quiet = QUIET_STORES * QUIET_PAYMENTS;
        if (payment < quiet) {
            return STORES + payment % QUIET_STORES;
        }
        return payment < quiet + busyPayments ? 0 : 1 + random.nextInt(STORES - 1);
    }
}
