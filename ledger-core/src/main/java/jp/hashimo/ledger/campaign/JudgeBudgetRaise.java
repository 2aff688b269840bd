package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.campaign.CampaignRejection.NothingToApprove;
import jp.hashimo.ledger.campaign.CampaignRejection.SamePerson;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;

/** The second person's word on a budget raise. Agreed to, it re-opens a sale that had sold out. */
public record JudgeBudgetRaise(
        CampaignId campaignId, ApprovalId approvalId, boolean agrees, UserId by)
        implements Command<Campaign, CampaignRejection> {

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new CampaignOf(campaignId));
    }

    @Override
    public Campaign state(Folded known) {
        return known.of(new CampaignOf(campaignId));
    }

    @Override
    public Decision<CampaignRejection> decide(Campaign campaign, Instant now) {
        return switch (campaign) {
            case Campaign.Absent _ -> Decision.reject(new NothingToApprove(approvalId));
            case Campaign.Known known -> judge(known, now);
        };
    }

    private Decision<CampaignRejection> judge(Campaign.Known campaign, Instant now) {
        BudgetRaiseProposed raise = campaign.waiting().get(approvalId);
        if (raise == null) {
            return Decision.reject(new NothingToApprove(approvalId));
        } else if (raise.proposedBy().equals(by)) {
            return Decision.reject(new SamePerson());
        } else if (agrees && campaign.premiumBudget().covers(raise.premiumBudget())) {
            // Another raise has overtaken this one, and a budget is never lowered.
            return Decision.reject(new InvalidCampaign("premiumBudget", "more-than-now"));
        }
        return Decision.accept(
                agrees
                        ? new BudgetRaised(campaignId, approvalId, raise.premiumBudget(), by, now)
                        : new BudgetRaiseRejected(campaignId, approvalId, by, now));
    }
}
