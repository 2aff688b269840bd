package jp.hashimo.ledger.merchant;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.MerchantId;

/** What a payment has to know of a store: a handful of facts, however much it has sold. */
public record StoreOf(MerchantId merchantId) implements Fold<Store> {
    @Override
    public Facts facts() {
        return Facts.of("store-status", merchantId);
    }

    @Override
    public Store initial() {
        return Store.absent();
    }

    @Override
    public Store evolve(Store store, LedgerEvent event) {
        return store.evolve(event);
    }
}
