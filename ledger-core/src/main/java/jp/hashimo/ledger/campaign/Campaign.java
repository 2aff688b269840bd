package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.money.Points;

/** A campaign as its staff made it. */
public sealed interface Campaign {

    /** What a campaign is at an instant; the middle ones follow from the clock and the log. */
    enum State {
        DRAFT,
        APPROVED,
        ON_SALE,
        SOLD_OUT,
        SUSPENDED,
        CLOSED,
        EXPIRED
    }

    record Absent() implements Campaign {}

    /**
     * A campaign with terms.
     *
     * @param waiting the budget raises that wait for a second person
     */
    record Known(
            CampaignId campaignId,
            CampaignTerms terms,
            UserId draftedBy,
            boolean approved,
            boolean suspended,
            Points premiumBudget,
            Map<ApprovalId, BudgetRaiseProposed> waiting)
            implements Campaign {

        /**
         * What the campaign is at an instant.
         *
         * @param unitsRemaining what the budget still pays for
         */
        public State stateAt(Instant now, long unitsRemaining) {
            if (!approved) {
                return State.DRAFT;
            } else if (!now.isBefore(terms.expiresAt())) {
                return State.EXPIRED;
            } else if (!now.isBefore(terms.saleUntil())) {
                return State.CLOSED;
            } else if (suspended) {
                return State.SUSPENDED;
            } else if (now.isBefore(terms.saleFrom())) {
                return State.APPROVED;
            }
            return unitsRemaining == 0 ? State.SOLD_OUT : State.ON_SALE;
        }

        private Known approve() {
            return new Known(campaignId, terms, draftedBy, true, suspended, premiumBudget, waiting);
        }

        private Known suspend(boolean now) {
            return new Known(campaignId, terms, draftedBy, approved, now, premiumBudget, waiting);
        }

        private Known await(BudgetRaiseProposed raise) {
            var next = new HashMap<>(waiting);
            next.put(raise.approvalId(), raise);
            return new Known(
                    campaignId, terms, draftedBy, approved, suspended, premiumBudget, next);
        }

        private Known judged(ApprovalId approval, Points budget) {
            var next = new HashMap<>(waiting);
            next.remove(approval);
            return new Known(campaignId, terms, draftedBy, approved, suspended, budget, next);
        }
    }

    static Campaign absent() {
        return new Absent();
    }

    default Campaign evolve(LedgerEvent event) {
        return event instanceof CampaignEvent fact ? after(fact) : this;
    }

    private Campaign after(CampaignEvent fact) {
        return switch (fact) {
            case CampaignDrafted e ->
                    new Known(
                            e.campaignId(),
                            e.terms(),
                            e.draftedBy(),
                            false,
                            false,
                            e.terms().premiumBudget(),
                            Map.of());
            case CampaignApproved e -> known(e).approve();
            case CampaignSuspended e -> known(e).suspend(true);
            case CampaignResumed e -> known(e).suspend(false);
            case BudgetRaiseProposed e -> known(e).await(e);
            case BudgetRaised e -> known(e).judged(e.approvalId(), e.premiumBudget());
            case BudgetRaiseRejected e -> known(e).judged(e.approvalId(), known(e).premiumBudget());
        };
    }

    private Known known(CampaignEvent fact) {
        if (this instanceof Known known) {
            return known;
        }
        throw new LedgerInvariantBroken("never drafted: " + fact.campaignId());
    }
}
