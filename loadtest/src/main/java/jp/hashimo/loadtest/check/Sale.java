package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.List;
import jp.hashimo.loadtest.check.Town.Campaign;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Purchase;
import jp.hashimo.loadtest.check.Town.Wallet;

/** Campaigns and what is bought in them: the rules from the first draft to the issued lots. */
final class Sale {
    private static final String BUDGET_RAISE = "BUDGET_RAISE";

    private final Town town;
    private final Rules rules;

    Sale(Town town, Rules rules) {
        this.town = town;
        this.rules = rules;
    }

    /** A fact about a campaign or a purchase. */
    void apply(Fact f, Doc d) {
        switch (f.type()) {
            case "campaign.Drafted" -> {
                rules.unique(f, "campaign", d.text("campaignId"));
                town.campaigns.put(d.text("campaignId"), new Campaign(f.position(), d));
            }
            case "campaign.Approved" -> {
                Campaign c = town.campaign(d);
                rules.must(!c.approved, f, "was approved before");
                rules.must(
                        !c.draftedBy.equals(d.text("approvedBy")), f, "is approved by its drafter");
                c.approved = true;
            }
            case "campaign.Suspended" -> suspend(f, town.campaign(d), true);
            case "campaign.Resumed" -> suspend(f, town.campaign(d), false);
            case "campaign.BudgetRaiseProposed" ->
                    town.approvals.propose(rules, f, BUDGET_RAISE, town.campaign(d).id);
            case "campaign.BudgetRaised" -> raise(f, d, town.campaign(d));
            case "campaign.BudgetRaiseRejected" -> {
                var _ =
                        town.approvals.judge(
                                rules, f, BUDGET_RAISE, town.campaign(d).id, "REJECTED");
            }
            case "purchase.Reserved" -> reserve(f, d);
            case "purchase.VoucherIssued" -> issue(f, d);
            case "purchase.ReservationLapsed" -> {
                Purchase p = open(f, d);
                rules.must(
                        d.instant("lapsedAt").equals(p.until),
                        f,
                        "should have lapsed at " + p.until);
                rules.must(
                        !d.instant("recordedAt").isBefore(p.until), f, "lapses before " + p.until);
                close(p, "LAPSED");
            }
            case "purchase.ReservationCancelled" -> {
                Purchase p = open(f, d);
                rules.must(p.isLiveAt(d.instant("cancelledAt")), f, "had lapsed at " + p.until);
                close(p, "CANCELLED");
            }
            case "purchase.MoneyToReturn" -> {
                Purchase p = Town.known(town.purchases, d.text("purchaseId"));
                rules.must(
                        !p.isLiveAt(d.instant("receivedAt")),
                        f,
                        "takes money back to return, though the reservation is live");
                rules.must(d.number("amount") == p.amount, f, "is not the " + p.amount + " of it");
                rules.unique(f, "payment reference", d.text("paymentReference"));
                rules.unique(f, "task", d.text("taskId"));
                town.moneyToReturn.put(d.text("taskId"), d);
            }
            default -> throw new IllegalArgumentException("it knows no such fact");
        }
    }

    private void suspend(Fact f, Campaign c, boolean suspended) {
        rules.must(c.approved && c.suspended != suspended, f, "suspended is already " + suspended);
        c.suspended = suspended;
    }

    private void raise(Fact f, Doc d, Campaign c) {
        var asked = town.approvals.judge(rules, f, BUDGET_RAISE, c.id, "APPROVED");
        long budget = d.number("premiumBudget");
        if (asked != null) {
            long due = asked.proposal().number("premiumBudget");
            rules.must(budget == due, f, "should be the " + due + " that were asked for");
        }
        rules.must(budget > c.budget, f, "lowers the budget of " + c.budget);
        c.budget = budget;
    }

    private void reserve(Fact f, Doc d) {
        Campaign c = town.campaign(d);
        rules.unique(f, "purchase", d.text("purchaseId"));
        Instant now = d.instant("reservedAt");
        var p = new Purchase(c, d);
        rules.must(town.wallets.containsKey(p.wallet), f, "is for a wallet nobody has");
        rules.must(c.approved && !c.suspended, f, "is sold while the campaign does not sell");
        rules.must(
                !now.isBefore(c.saleFrom) && now.isBefore(c.saleUntil),
                f,
                "is outside the sale, " + c.saleFrom + " to " + c.saleUntil);
        rules.must(p.amount > 0 && p.amount % c.unit == 0, f, "is no multiple of " + c.unit);
        long premium = p.amount / c.unit * c.premiumPerUnit;
        rules.must(p.premium == premium, f, "should carry a premium of " + premium);
        rules.must(now.isBefore(p.until), f, "ends before it begins");
        rules.must(
                d.instant("expiresAt").equals(c.terms.instant("expiresAt")),
                f,
                "expires otherwise than its campaign");
        for (Purchase other : c.reserved.values()) {
            rules.must(
                    other.isLiveAt(now),
                    f,
                    other.id + " has lapsed at " + other.until + " unrecorded");
        }
        long committed = c.committedBy(p.wallet, now);
        rules.must(
                committed + p.amount <= c.cap, f, "on top of " + committed + " exceeds " + c.cap);
        long left = c.premiumLeft(now);
        rules.must(p.premium <= left, f, "exceeds the budget, of which " + left + " is left");
        c.reserved.put(p.id, p);
        town.purchases.put(p.id, p);
    }

    private void issue(Fact f, Doc d) {
        Purchase p = open(f, d);
        Campaign c = p.campaign;
        rules.must(p.isLiveAt(d.instant("issuedAt")), f, "is issued after its end at " + p.until);
        rules.unique(f, "payment reference", d.text("paymentReference"));
        rules.must(
                d.text("walletId").equals(p.wallet)
                        && d.number("amount") == p.amount
                        && d.number("premium") == p.premium
                        && d.text("channel").equals(p.channel),
                f,
                "is not what was reserved: " + p.wallet + " " + p.amount + " + " + p.premium);
        Wallet w = Town.known(town.wallets, p.wallet);
        List<Lot> issued = d.list("lots").stream().map(Lot::new).toList();
        List<String> said = issued.stream().map(Sale::describe).toList();
        String fund = "PREMIUM-" + c.terms.number("fiscalYear");
        List<String> due =
                List.of(
                        "PURCHASED ALL " + Lot.CITIZENS + " " + p.amount,
                        "PREMIUM LOCAL " + fund + " " + p.premium);
        rules.must(said.equals(due), f, "should issue " + due);
        for (Lot lot : issued) {
            rules.unique(f, "lot", lot.id);
            rules.must(
                    c.id.equals(lot.campaign) && lot.programme == null, f, lot.id + " is astray");
            rules.must(
                    lot.expiresAt.equals(c.terms.instant("expiresAt")),
                    f,
                    lot.id + " expires otherwise than its campaign");
            w.lots.add(lot);
            w.live.add(lot);
            town.lots.put(lot.id, lot);
        }
        c.issuedPremium += p.premium;
        c.bought.merge(p.wallet, p.amount, Long::sum);
        p.reference = d.text("paymentReference");
        p.lots = d.doc("lots");
        close(p, "ISSUED");
    }

    private static String describe(Lot lot) {
        return lot.kind + " " + lot.scope + " " + lot.fund + " " + lot.face;
    }

    private Purchase open(Fact f, Doc d) {
        Purchase p = Town.known(town.purchases, d.text("purchaseId"));
        rules.must(p.state.equals("RESERVED"), f, "is " + p.state + " already");
        return p;
    }

    private static void close(Purchase p, String state) {
        p.state = state;
        p.campaign.reserved.remove(p.id);
    }
}
