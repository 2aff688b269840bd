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

    private static final String PROPOSE =
            """
            INSERT INTO approval (ledger_id, approval_id, kind, subject_id, detail, proposed_by, proposed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String JUDGE =
            """
            UPDATE approval SET state = judged.state
              FROM (SELECT ?::text AS ledger, ?::text AS approval, ?::text AS state) judged
             WHERE ledger_id = judged.ledger AND approval_id = judged.approval\
            """;

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
        rows.inOrder(PROPOSE, JUDGE);
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case BudgetRaiseProposed e ->
                        rows.add(
                                PROPOSE,
                                e.approvalId(),
                                BUDGET_RAISE,
                                e.campaignId(),
                                new Rows.Json(Map.of("premiumBudget", e.premiumBudget())),
                                e.proposedBy(),
                                e.proposedAt());
                case BankAccountChangeProposed e ->
                        rows.add(
                                PROPOSE,
                                e.approvalId(),
                                BANK_ACCOUNT,
                                e.merchantId(),
                                new Rows.Json(Map.of()),
                                e.proposedBy(),
                                e.proposedAt());
                case BudgetRaised e -> judged(rows, e.approvalId(), "APPROVED");
                case BudgetRaiseRejected e -> judged(rows, e.approvalId(), "REJECTED");
                case BankAccountChanged e -> judged(rows, e.approvalId(), "APPROVED");
                case BankAccountChangeRejected e -> judged(rows, e.approvalId(), "REJECTED");
                default -> {}
            }
        }
    }

    private static void judged(Rows rows, ApprovalId approvalId, String state) {
        rows.add(JUDGE, approvalId, state);
    }
}
