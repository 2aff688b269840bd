package jp.hashimo.ledger.campaign;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CampaignId;

/** Everything a campaign has sold and reserved, to all its buyers. */
record SaleOf(CampaignId campaignId) implements Fold<Sale> {
    @Override
    public Facts facts() {
        return Facts.of("campaign-sales", campaignId);
    }

    @Override
    public Sale initial() {
        return Sale.UNSOLD;
    }

    @Override
    public Sale evolve(Sale sale, LedgerEvent event) {
        return sale.evolve(event);
    }
}
