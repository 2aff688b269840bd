package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignRejection.NothingToApprove;
import jp.hashimo.ledger.campaign.CampaignRejection.SamePerson;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;

/** The second person's word on a budget raise. Agreed to, it re-opens a sale that had sold out. */
public record JudgeBudgetRaise(
        CampaignId campaignId, ApprovalId approvalId, boolean agrees, UserId by)
        implements Command<Campaign, CampaignRejection> {

    @Override
    public List<Facts> boundary() {
        return List.of(Facts.of("campaign-terms", campaignId));
    }

    @Override
    public Campaign initial() {
        return Campaign.absent();
    }

    @Override
    public Campaign evolve(Campaign campaign, LedgerEvent event) {
        return campaign.evolve(event);
    }

    @Override
    public Decision<CampaignRejection> decide(Campaign campaign, Instant now) {
        BudgetRaiseProposed raise =
                campaign instanceof Campaign.Known known ? known.waiting().get(approvalId) : null;
        if (raise == null) {
            return Decision.reject(new NothingToApprove(approvalId));
        } else if (raise.proposedBy().equals(by)) {
            return Decision.reject(new SamePerson());
        }
        return Decision.accept(
                agrees
                        ? new BudgetRaised(campaignId, approvalId, raise.premiumBudget(), by, now)
                        : new BudgetRaiseRejected(campaignId, approvalId, by, now));
    }
}
