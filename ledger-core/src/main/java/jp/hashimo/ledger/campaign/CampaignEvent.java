package jp.hashimo.ledger.campaign;

import java.time.Instant;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.money.Points;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Everything the city's staff can do to one campaign. What residents do to it are {@link
 * PurchaseEvent}s.
 */
public sealed interface CampaignEvent extends LedgerEvent {
    CampaignId campaignId();

    @Event(namespace = "campaign", name = "Drafted", version = "1")
    record CampaignDrafted(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            CampaignTerms terms,
            UserId draftedBy,
            Instant draftedAt)
            implements CampaignEvent {}

    @Event(namespace = "campaign", name = "Approved", version = "1")
    record CampaignApproved(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            UserId approvedBy,
            Instant approvedAt)
            implements CampaignEvent {}

    /** Selling stops; spending goes on. */
    @Event(namespace = "campaign", name = "Suspended", version = "1")
    record CampaignSuspended(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            UserId suspendedBy,
            Instant suspendedAt)
            implements CampaignEvent {}

    @Event(namespace = "campaign", name = "Resumed", version = "1")
    record CampaignResumed(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            UserId resumedBy,
            Instant resumedAt)
            implements CampaignEvent {}

    /**
     * More premium was asked for; until a second person agrees the old budget holds.
     *
     * @param premiumBudget the new total
     */
    @Event(namespace = "campaign", name = "BudgetRaiseProposed", version = "1")
    record BudgetRaiseProposed(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            @EventTag(key = "approval") ApprovalId approvalId,
            Points premiumBudget,
            UserId proposedBy,
            Instant proposedAt)
            implements CampaignEvent {}

    @Event(namespace = "campaign", name = "BudgetRaised", version = "1")
    record BudgetRaised(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            @EventTag(key = "approval") ApprovalId approvalId,
            Points premiumBudget,
            UserId approvedBy,
            Instant raisedAt)
            implements CampaignEvent {}

    @Event(namespace = "campaign", name = "BudgetRaiseRejected", version = "1")
    record BudgetRaiseRejected(
            @EventTag(key = "campaign-terms") CampaignId campaignId,
            @EventTag(key = "approval") ApprovalId approvalId,
            UserId rejectedBy,
            Instant rejectedAt)
            implements CampaignEvent {}
}
