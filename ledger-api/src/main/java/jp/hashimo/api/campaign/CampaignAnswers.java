package jp.hashimo.api.campaign;

import java.util.Map;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Answers;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.campaign.CampaignEvent;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.campaign.CampaignRejection;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotFound;
import jp.hashimo.ledger.campaign.CampaignRejection.CampaignNotInState;
import jp.hashimo.ledger.campaign.CampaignRejection.InvalidCampaign;
import jp.hashimo.ledger.campaign.CampaignRejection.NothingToApprove;
import jp.hashimo.ledger.campaign.CampaignRejection.SamePerson;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CampaignId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the staff of a campaign are answered. */
@Component
class CampaignAnswers implements Answers {

    @Override
    public @Nullable Answer to(LedgerEvent event) {
        return event instanceof CampaignEvent fact ? answer(fact) : null;
    }

    private static Answer answer(CampaignEvent event) {
        return switch (event) {
            case CampaignDrafted e -> Answer.created(state(e.campaignId(), "DRAFT"));
            case CampaignApproved e -> Answer.ok(state(e.campaignId(), "APPROVED"));
            case CampaignSuspended e -> Answer.ok(state(e.campaignId(), "SUSPENDED"));
            case CampaignResumed e -> Answer.ok(state(e.campaignId(), "APPROVED"));
            case BudgetRaiseProposed e ->
                    Answer.accepted(Map.of("approvalId", e.approvalId(), "state", "WAITING"));
            case BudgetRaised e ->
                    Answer.ok(Map.of("approvalId", e.approvalId(), "state", "APPROVED"));
            case BudgetRaiseRejected e ->
                    Answer.ok(Map.of("approvalId", e.approvalId(), "state", "REJECTED"));
        };
    }

    @Override
    public @Nullable Problem to(Rejection rejection) {
        return rejection instanceof CampaignRejection reason ? problem(reason) : null;
    }

    private static Problem problem(CampaignRejection rejection) {
        return switch (rejection) {
            case InvalidCampaign r ->
                    Problem.of(422, "invalid-campaign")
                            .with("field", r.field())
                            .with("rule", r.rule());
            case CampaignNotFound _ -> Problem.notFound();
            case CampaignNotInState r -> Problem.of(409, "campaign-state").with("state", r.state());
            case SamePerson _ -> Problem.of(403, "same-person");
            case NothingToApprove _ -> Problem.of(409, "approval-closed");
        };
    }

    private static Map<String, Object> state(CampaignId id, String state) {
        return Map.of("campaignId", id, "state", state);
    }
}
