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
    private static final Table CAMPAIGN =
            Table.of(
                    "campaign",
                    "campaign_id text",
                    "terms jsonb, drafted_by text, approved boolean, suspended boolean, premium_budget bigint,"
                            + " premium_issued bigint, position bigint");
    private static final Table PURCHASE =
            Table.of(
                    "purchase",
                    "purchase_id text",
                    "campaign_id text, wallet_id text, channel text, amount bigint, premium bigint, state text,"
                            + " reserved_by text, reserved_at timestamptz, reserved_until timestamptz,"
                            + " payment_reference text, lots jsonb");
    private static final Table MONEY_RETURN =
            Table.of(
                    "money_return",
                    "task_id text",
                    "purchase_id text, payment_reference text, amount bigint, received_at timestamptz");

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
                    rows.insert(
                            CAMPAIGN,
                            e.campaignId(),
                            new Rows.Json(e.terms()),
                            e.draftedBy(),
                            false,
                            false,
                            e.terms().premiumBudget(),
                            0L,
                            position);
            case CampaignApproved e -> rows.change(CAMPAIGN, e.campaignId()).set("approved", true);
            case CampaignSuspended e ->
                    rows.change(CAMPAIGN, e.campaignId()).set("suspended", true);
            case CampaignResumed e -> rows.change(CAMPAIGN, e.campaignId()).set("suspended", false);
            case BudgetRaised e ->
                    rows.change(CAMPAIGN, e.campaignId()).set("premium_budget", e.premiumBudget());
            case BudgetRaiseProposed _, BudgetRaiseRejected _ -> {}
        }
    }

    private static void purchase(Rows rows, PurchaseEvent event) {
        switch (event) {
            case PurchaseReserved e ->
                    rows.insert(
                            PURCHASE,
                            e.purchaseId(),
                            e.campaignId(),
                            e.walletId(),
                            e.channel(),
                            e.amount(),
                            e.premium(),
                            "RESERVED",
                            e.reservedBy(),
                            e.reservedAt(),
                            e.reservedUntil(),
                            null,
                            null);
            case VoucherIssued e -> {
                rows.change(CAMPAIGN, e.campaignId()).add("premium_issued", e.premium().amount());
                rows.change(PURCHASE, e.purchaseId())
                        .set("state", "ISSUED")
                        .set("payment_reference", e.paymentReference())
                        .set("lots", new Rows.Json(e.lots()));
            }
            case ReservationLapsed e -> ended(rows, e, "LAPSED");
            case ReservationCancelled e -> ended(rows, e, "CANCELLED");
            case MoneyToReturn e ->
                    rows.insert(
                            MONEY_RETURN,
                            e.taskId(),
                            e.purchaseId(),
                            e.paymentReference(),
                            e.amount(),
                            e.receivedAt());
        }
    }

    private static void ended(Rows rows, PurchaseEvent event, String state) {
        rows.change(PURCHASE, event.purchaseId()).set("state", state);
    }
}
