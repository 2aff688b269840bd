package jp.hashimo.ledger.campaign;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotFound;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotInState;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.campaign.CampaignRejection.SamePerson;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.money.Points;

/** What the staff may do to a drafted campaign. Its terms are not among it: they never change. */
public record SteerCampaign(CampaignId campaignId, Move move, UserId by)
        implements Command<Campaign, CampaignRejection> {

    /** One move of the staff. */
    public sealed interface Move {
        record Approve() implements Move {}

        record Suspend() implements Move {}

        record Resume() implements Move {}

        /**
         * Asks for more premium.
         *
         * @param premiumBudget the new total
         */
        record RaiseBudget(ApprovalId approvalId, Points premiumBudget) implements Move {}
    }

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
            case Campaign.Absent _ -> Decision.reject(new CampaignNotFound(campaignId));
            case Campaign.Known known -> decide(known, now);
        };
    }

    private Decision<CampaignRejection> decide(Campaign.Known campaign, Instant now) {
        return switch (move) {
            case Move.Approve _ when campaign.approved() -> notInState("APPROVED");
            case Move.Approve _ when campaign.draftedBy().equals(by) ->
                    Decision.reject(new SamePerson());
            case Move.Approve _ -> Decision.accept(new CampaignApproved(campaignId, by, now));
            case Move.Suspend _, Move.Resume _, Move.RaiseBudget _ when !campaign.approved() ->
                    notInState("DRAFT");
            case Move.Suspend _ when campaign.suspended() -> notInState("SUSPENDED");
            case Move.Suspend _ -> Decision.accept(new CampaignSuspended(campaignId, by, now));
            case Move.Resume _ when !campaign.suspended() -> notInState("APPROVED");
            case Move.Resume _ -> Decision.accept(new CampaignResumed(campaignId, by, now));
            case Move.RaiseBudget raise
                    when campaign.premiumBudget().covers(raise.premiumBudget()) ->
                    Decision.reject(new InvalidCampaign("premiumBudget", "more-than-now"));
            case Move.RaiseBudget raise
                    when raise.premiumBudget().amount() > CampaignTerms.LARGEST ->
                    Decision.reject(
                            new InvalidCampaign(
                                    "premiumBudget", "at-most-" + CampaignTerms.LARGEST));
            case Move.RaiseBudget raise ->
                    Decision.accept(
                            new BudgetRaiseProposed(
                                    campaignId,
                                    raise.approvalId(),
                                    raise.premiumBudget(),
                                    by,
                                    now));
        };
    }

    private Decision<CampaignRejection> notInState(String state) {
        return Decision.reject(new CampaignNotInState(campaignId, state));
    }
}
