package jp.hashimo.ledger.campaign;

import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CampaignId;

/** The staff's side of a campaign: a handful of facts, however much is sold. */
record CampaignOf(CampaignId campaignId) implements Fold<Campaign> {
    @Override
    public Facts facts() {
        return Facts.of("campaign-terms", campaignId);
    }

    @Override
    public Campaign initial() {
        return Campaign.absent();
    }

    @Override
    public Campaign evolve(Campaign campaign, LedgerEvent event) {
        return campaign.evolve(event);
    }
}
