package jp.hashimo.loadtest.check;

import jp.hashimo.loadtest.check.Town.Merchant;
import jp.hashimo.loadtest.check.Town.Wallet;

/**
 * The rules of the currency a second time, as naively as they can be written: folds the log fact by
 * fact into a town, and says of each fact whether it was allowed where it stands. Who lives and
 * trades in the town is seen to here; {@link Sale} and {@link Spending} see to the rest.
 */
final class Model {
    private static final String BANK_ACCOUNT = "BANK_ACCOUNT";

    private final Town town;
    private final Rules rules;
    private final Sale sale;
    private final Spending spending;

    Model(Town town, Findings findings) {
        this.town = town;
        rules = new Rules(findings);
        sale = new Sale(town, rules);
        spending = new Spending(town, rules);
    }

    /** Takes a fact in. What is not allowed is said, and taken in all the same. */
    void fold(Fact fact) {
        try {
            apply(fact, fact.payload());
        } catch (RuntimeException e) {
            rules.makesNoSense(fact, e);
        }
    }

    private void apply(Fact f, Doc d) {
        String type = f.type();
        if (type.startsWith("payment.") || type.equals("wallet.LotLapsed")) {
            spending.apply(f, d);
        } else if (type.startsWith("campaign.") || type.startsWith("purchase.")) {
            sale.apply(f, d);
        } else {
            admit(f, d);
        }
    }

    private void admit(Fact f, Doc d) {
        switch (f.type()) {
            case "wallet.CitizenRegistered" -> register(f, d);
            case "wallet.DeviceEnrolled" -> rules.unique(f, "device", d.text("deviceId"));
            case "wallet.DeviceRevoked" -> rules.unique(f, "revoked device", d.text("deviceId"));
            case "merchant.Registered" -> {
                rules.unique(f, "store number", d.text("storeNumber"));
                rules.unique(f, "merchant", d.text("merchantId"));
                var m = new Merchant(d);
                town.merchants.put(m.id, m);
            }
            case "merchant.ClassChanged" -> {
                Merchant m = town.merchant(d);
                m.classes.tailMap(d.instant("effectiveFrom"), true).clear();
                m.classes.put(d.instant("effectiveFrom"), d.text("storeClass"));
            }
            case "merchant.Suspended" -> town.merchant(d).suspended = true;
            case "merchant.Resumed" -> town.merchant(d).suspended = false;
            case "merchant.RegisterOpened" -> rules.unique(f, "register", d.text("registerId"));
            case "merchant.OperatorAdded" -> town.merchant(d);
            case "merchant.BankAccountChangeProposed" ->
                    town.approvals.propose(rules, f, BANK_ACCOUNT, town.merchant(d).id);
            case "merchant.BankAccountChanged" -> judged(f, d, "APPROVED");
            case "merchant.BankAccountChangeRejected" -> judged(f, d, "REJECTED");
            default -> throw new IllegalArgumentException("it knows no such fact");
        }
    }

    private void judged(Fact f, Doc d, String state) {
        var _ = town.approvals.judge(rules, f, BANK_ACCOUNT, town.merchant(d).id, state);
    }

    private void register(Fact f, Doc d) {
        rules.unique(f, "citizen", d.text("citizenId"));
        rules.unique(f, "wallet", d.text("walletId"));
        boolean seen = false;
        for (Doc key : d.list("personKeys")) {
            seen |= !rules.isNew("person", key.node().asString());
        }
        rules.must(
                seen == d.flag("overridden"),
                f,
                seen ? "is a second wallet of one person" : "is no second wallet");
        town.wallets.put(d.text("walletId"), new Wallet(d));
    }
}
