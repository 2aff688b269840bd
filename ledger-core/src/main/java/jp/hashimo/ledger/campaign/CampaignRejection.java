package jp.hashimo.ledger.campaign;

import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;

/** The ways a change to a campaign can be refused. */
public sealed interface CampaignRejection extends Rejection {

    /** A draft breaks a rule; both names are stable and meant for programs. */
    record InvalidCampaign(String field, String rule) implements CampaignRejection {}

    record CampaignNotFound(CampaignId campaignId) implements CampaignRejection {}

    /** What was asked does not fit the state: approving twice, resuming what is not suspended. */
    record CampaignNotInState(CampaignId campaignId, String state) implements CampaignRejection {}

    /** Proposer and approver of one thing are never the same person. */
    record SamePerson() implements CampaignRejection {}

    /** The change was already approved or rejected, or never proposed. */
    record NothingToApprove(ApprovalId approvalId) implements CampaignRejection {}
}
