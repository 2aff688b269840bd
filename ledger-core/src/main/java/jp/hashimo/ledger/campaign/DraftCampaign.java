package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;

/**
 * A campaign manager writes down the terms of a sale; nothing is sold before another one approves
 * them.
 */
public record DraftCampaign(CampaignId campaignId, CampaignTerms terms, UserId by)
        implements Command<Campaign, InvalidCampaign> {

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new CampaignOf(campaignId));
    }

    @Override
    public Campaign state(Folded known) {
        return known.of(new CampaignOf(campaignId));
    }

    @Override
    public Decision<InvalidCampaign> decide(Campaign campaign, Instant now) {
        return switch (campaign) {
            // Drafting over it would change terms that people have bought under.
            case Campaign.Known _ ->
                    Decision.reject(new InvalidCampaign("campaignId", "not-drafted-before"));
            case Campaign.Absent _ ->
                    terms.violation()
                            .<Decision<InvalidCampaign>>map(Decision::reject)
                            .orElseGet(() ->
                                    Decision.accept(
                                            new CampaignDrafted(campaignId, terms, by, now)));
        };
    }
}
