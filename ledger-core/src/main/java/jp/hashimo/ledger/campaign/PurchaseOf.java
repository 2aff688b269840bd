package jp.hashimo.ledger.campaign;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.PurchaseId;

/** One purchase by its facts. */
record PurchaseOf(PurchaseId purchaseId) implements Fold<Purchase> {
    @Override
    public Facts facts() {
        return Facts.of("purchase", purchaseId);
    }

    @Override
    public Purchase initial() {
        return Purchase.absent();
    }

    @Override
    public Purchase evolve(Purchase purchase, LedgerEvent event) {
        return event instanceof PurchaseEvent fact && fact.purchaseId().equals(purchaseId)
                ? purchase.evolve(fact)
                : purchase;
    }
}
