package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.campaign.PurchaseEvent;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.eventstore.RecordedEvent;

/** Each campaign with what is left of it, and each purchase. */
public final class CampaignProjection implements Projection {
    private static final String DRAFT =
            """
            INSERT INTO campaign (ledger_id, campaign_id, terms, drafted_by, premium_budget, position)
            VALUES (?, ?, ?, ?, ?, ?)\
            """;
    private static final String RESERVE =
            """
            INSERT INTO purchase (ledger_id, purchase_id, campaign_id, wallet_id, channel, amount, premium, state, reserved_by,
                reserved_at, reserved_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'RESERVED', ?, ?, ?)\
            """;
    private static final String RETURN =
            """
            INSERT INTO money_return (ledger_id, task_id, purchase_id, payment_reference, amount, received_at)
            VALUES (?, ?, ?, ?, ?, ?)\
            """;
    private static final String APPROVE =
            "UPDATE campaign SET approved = true WHERE ledger_id = ? AND campaign_id = ?";
    private static final String SUSPEND =
            """
            UPDATE campaign SET suspended = next.suspended
              FROM (SELECT ?::text AS ledger, ?::text AS campaign, ?::boolean AS suspended) next
             WHERE ledger_id = next.ledger AND campaign_id = next.campaign\
            """;
    private static final String RAISE =
            """
            UPDATE campaign SET premium_budget = next.budget
              FROM (SELECT ?::text AS ledger, ?::text AS campaign, ?::bigint AS budget) next
             WHERE ledger_id = next.ledger AND campaign_id = next.campaign\
            """;
    private static final String COUNT_ISSUED =
            """
            UPDATE campaign SET premium_issued = premium_issued + issued.premium
              FROM (SELECT ?::text AS ledger, ?::text AS campaign, ?::bigint AS premium) issued
             WHERE ledger_id = issued.ledger AND campaign_id = issued.campaign\
            """;
    private static final String ISSUE =
            """
            UPDATE purchase SET state = 'ISSUED', payment_reference = issued.reference, lots = issued.lots
              FROM (SELECT ?::text AS ledger, ?::text AS purchase, ?::text AS reference, ?::jsonb AS lots) issued
             WHERE ledger_id = issued.ledger AND purchase_id = issued.purchase\
            """;
    private static final String END =
            """
            UPDATE purchase SET state = ended.state
              FROM (SELECT ?::text AS ledger, ?::text AS purchase, ?::text AS state) ended
             WHERE ledger_id = ended.ledger AND purchase_id = ended.purchase\
            """;

    @Override
    public String name() {
        return "campaign";
    }

    @Override
    public List<String> tables() {
        return List.of("campaign", "purchase", "money_return");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        // SUSPEND and RAISE keep the order of the log among themselves; nothing else touches their
        // columns.
        rows.inOrder(DRAFT, RESERVE, RETURN, APPROVE, SUSPEND, RAISE, COUNT_ISSUED, ISSUE, END);
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case CampaignEvent e -> campaign(rows, e, recorded.position());
                case PurchaseEvent e -> purchase(rows, e);
                default -> {}
            }
        }
    }

    private static void campaign(Rows rows, CampaignEvent event, long position) {
        switch (event) {
            case CampaignDrafted e ->
                    rows.add(
                            DRAFT,
                            e.campaignId(),
                            new Rows.Json(e.terms()),
                            e.draftedBy(),
                            e.terms().premiumBudget(),
                            position);
            case CampaignApproved e -> rows.add(APPROVE, e.campaignId());
            case CampaignSuspended e -> rows.add(SUSPEND, e.campaignId(), true);
            case CampaignResumed e -> rows.add(SUSPEND, e.campaignId(), false);
            case BudgetRaised e -> rows.add(RAISE, e.campaignId(), e.premiumBudget());
            case BudgetRaiseProposed _, BudgetRaiseRejected _ -> {}
        }
    }

    private static void purchase(Rows rows, PurchaseEvent event) {
        switch (event) {
            case PurchaseReserved e ->
                    rows.add(
                            RESERVE,
                            e.purchaseId(),
                            e.campaignId(),
                            e.walletId(),
                            e.channel(),
                            e.amount(),
                            e.premium(),
                            e.reservedBy(),
                            e.reservedAt(),
                            e.reservedUntil());
            case VoucherIssued e -> {
                rows.add(COUNT_ISSUED, e.campaignId(), e.premium());
                rows.add(ISSUE, e.purchaseId(), e.paymentReference(), new Rows.Json(e.lots()));
            }
            case ReservationLapsed e -> rows.add(END, e.purchaseId(), "LAPSED");
            case ReservationCancelled e -> rows.add(END, e.purchaseId(), "CANCELLED");
            case MoneyToReturn e ->
                    rows.add(
                            RETURN,
                            e.taskId(),
                            e.purchaseId(),
                            e.paymentReference(),
                            e.amount(),
                            e.receivedAt());
        }
    }
}
