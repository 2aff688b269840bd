package jp.hashimo.ledger.merchant;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreResumed;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreSuspended;

/** What a payment has to know of a store. */
public sealed interface Store {

    /** No store of that name has been registered. */
    record Absent() implements Store {}

    /**
     * A registered store.
     *
     * @param classes which class holds from which instant on
     */
    record Known(
            MerchantId merchantId, NavigableMap<Instant, StoreClass> classes, boolean suspended)
            implements Store {

        /** The class at an instant; before the first one, the first. */
        public StoreClass classAt(Instant at) {
            var entry = classes.floorEntry(at);
            return entry == null ? classes.firstEntry().getValue() : entry.getValue();
        }
    }

    static Store absent() {
        return new Absent();
    }

    default Store evolve(LedgerEvent event) {
        return event instanceof MerchantEvent fact ? after(fact) : this;
    }

    private Store after(MerchantEvent fact) {
        return switch (fact) {
            case MerchantRegistered e ->
                    new Known(
                            e.merchantId(),
                            with(new TreeMap<>(), e.registeredAt(), e.storeClass()),
                            false);
            case StoreClassChanged e when this instanceof Known k ->
                    new Known(
                            k.merchantId(),
                            with(k.classes(), e.effectiveFrom(), e.storeClass()),
                            k.suspended());
            case StoreSuspended _ when this instanceof Known k ->
                    new Known(k.merchantId(), k.classes(), true);
            case StoreResumed _ when this instanceof Known k ->
                    new Known(k.merchantId(), k.classes(), false);
            case StoreClassChanged _, StoreSuspended _, StoreResumed _ -> this;
            case RegisterOpened _, OperatorAdded _ -> this;
            case BankAccountChangeProposed _, BankAccountChanged _, BankAccountChangeRejected _ ->
                    this;
        };
    }

    private static NavigableMap<Instant, StoreClass> with(
            NavigableMap<Instant, StoreClass> classes, Instant from, StoreClass storeClass) {
        var next = new TreeMap<>(classes);
        // A later decision about a time replaces what was planned for it and after.
        next.tailMap(from, true).clear();
        next.put(from, storeClass);
        return next;
    }
}
