package jp.hashimo.ledger.readmodel;

import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;

/** What waits for a second person, whichever feature it comes from. */
public final class ApprovalProjection implements Projection {
    /** The kind of a budget raise; its subject is the campaign. */
    public static final String BUDGET_RAISE = "BUDGET_RAISE";

    /** The kind of a change of bank account; its subject is the store. */
    public static final String BANK_ACCOUNT = "BANK_ACCOUNT";

    private static final Table APPROVAL =
            Table.of(
                    "approval",
                    "approval_id text",
                    "kind text, subject_id text, detail jsonb, proposed_by text, proposed_at timestamptz, state text");

    @Override
    public String name() {
        return "approval";
    }

    @Override
    public List<String> tables() {
        return List.of("approval");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case BudgetRaiseProposed e ->
                        rows.insert(
                                APPROVAL,
                                e.approvalId(),
                                BUDGET_RAISE,
                                e.campaignId(),
                                new Rows.Json(Map.of("premiumBudget", e.premiumBudget())),
                                e.proposedBy(),
                                e.proposedAt(),
                                "WAITING");
                case BankAccountChangeProposed e ->
                        rows.insert(
                                APPROVAL,
                                e.approvalId(),
                                BANK_ACCOUNT,
                                e.merchantId(),
                                new Rows.Json(Map.of()),
                                e.proposedBy(),
                                e.proposedAt(),
                                "WAITING");
                case BudgetRaised e -> judged(rows, e.approvalId(), "APPROVED");
                case BudgetRaiseRejected e -> judged(rows, e.approvalId(), "REJECTED");
                case BankAccountChanged e -> judged(rows, e.approvalId(), "APPROVED");
                case BankAccountChangeRejected e -> judged(rows, e.approvalId(), "REJECTED");
                default -> {}
            }
        }
    }

    private static void judged(Rows rows, ApprovalId approvalId, String state) {
        rows.change(APPROVAL, approvalId).set("state", state);
    }
}
