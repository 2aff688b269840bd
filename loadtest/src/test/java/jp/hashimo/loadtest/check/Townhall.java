package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Shop;
import org.jspecify.annotations.Nullable;

/** Who lives and trades in a small town, and what its staff decide by twos. */
final class Townhall {
    static final long CAP = 10_000;
    static final long UNIT = 1_000;
    static final long RATE = 300;
    private static final String CLERK = "usr_1";
    private static final String CHIEF = "usr_2";

    final List<Purse> purses = new ArrayList<>();
    final List<Shop> shops = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final Instant opening;
    final Instant saleEnd;
    final Instant expiry;
    long budget = 6_000;
    boolean suspended;
    Fields terms = new Fields();

    private final Scribe scribe;
    private final Random random;

    /** Something that two people have to say yes to. */
    static final class Request {
        final String id;
        final Shop shop;
        final long budget;
        final Instant at;
        String state = "WAITING";

        /**
         * @param budget the new one; 0 if it is about a bank account
         */
        Request(String id, Shop shop, long budget, Instant at) {
            this.id = id;
            this.shop = shop;
            this.budget = budget;
            this.at = at;
        }

        boolean isRaise() {
            return budget > 0;
        }

        String subject() {
            return isRaise() ? Scribe.CAMPAIGN : shop.id;
        }
    }

    Townhall(Scribe scribe, Random random) {
        this.scribe = scribe;
        this.random = random;
        opening = scribe.now;
        saleEnd = opening.plusSeconds(2_400);
        expiry = opening.plusSeconds(3_600);
    }

    Purse anybody() {
        return purses.get(random.nextInt(purses.size()));
    }

    void found() {
        terms =
                Fields.of("name", "券")
                        .and("fiscalYear", 2023)
                        .and("unit", 1000)
                        .and("premiumPerUnit", 300)
                        .and("capPerPerson", CAP)
                        .and("premiumBudget", budget)
                        .and("saleFrom", opening)
                        .and("saleUntil", saleEnd)
                        .and("expiresAt", expiry);
        scribe.asks("setup");
        scribe.fact(
                "campaign.Drafted",
                Fields.of("campaignId", Scribe.CAMPAIGN)
                        .and("terms", terms)
                        .and("draftedBy", CLERK)
                        .and("draftedAt", scribe.now));
        scribe.asks("setup");
        scribe.fact(
                "campaign.Approved",
                campaign()
                        .and("approvedBy", second(Mistake.OWN_TERMS_APPROVED))
                        .and("approvedAt", scribe.now));
        for (String storeClass : List.of("LOCAL", "COMMON")) {
            scribe.asks("setup");
            var shop = new Shop("mer_" + storeClass, 100 + shops.size(), storeClass, scribe.now);
            scribe.fact(
                    "merchant.Registered",
                    Fields.of("merchantId", shop.id)
                            .and("storeNumber", shop.number)
                            .and("storeClass", storeClass)
                            .and("registeredAt", scribe.now));
            shops.add(shop);
        }
        boolean namesake = random.nextInt(5) == 0;
        for (int i = 0; i < 3; i++) {
            scribe.asks("setup");
            var purse = new Purse(i, scribe.now);
            // The clerk may have looked and found that this is another person of the same name.
            boolean again = i == 2 && namesake;
            boolean unseen = i == 2 && !again && errs(Mistake.SECOND_WALLET_OF_ONE_PERSON);
            scribe.fact(
                    "wallet.CitizenRegistered",
                    Fields.of("citizenId", purse.citizen)
                            .and("walletId", purse.id)
                            .and("personKeys", List.of(again || unseen ? "key0" : "key" + i))
                            .and("overridden", again)
                            .and("registeredBy", "usr_3")
                            .and("registeredAt", scribe.now));
            purses.add(purse);
        }
    }

    private static Fields campaign() {
        return Fields.of("campaignId", Scribe.CAMPAIGN);
    }

    private boolean errs(Mistake mistake) {
        return scribe.town.makes(mistake);
    }

    /** The second person; by mistake the first again. */
    private String second(Mistake mistake) {
        return errs(mistake) ? CLERK : CHIEF;
    }

    /** Why so much is not sold; null if it is. By mistake a single reason may be overlooked. */
    @Nullable Fields refusal(long amount, long had, long premiumLeft) {
        var reasons = new LinkedHashMap<Mistake, Fields>();
        if (suspended) {
            reasons.put(Mistake.SOLD_WHILE_SUSPENDED, Fields.problem("sale-suspended"));
        }
        if (!scribe.now.isBefore(saleEnd)) {
            var closed = Fields.problem("sale-closed").and("closedAt", saleEnd);
            reasons.put(Mistake.SOLD_TOO_LATE, closed);
        }
        if (had + amount > CAP) {
            var exceeded =
                    Fields.problem("purchase-cap-exceeded")
                            .and("cap", CAP)
                            .and("bought", had)
                            .and("remaining", Math.max(0, CAP - had));
            reasons.put(Mistake.CAP_EXCEEDED, exceeded);
        }
        if (amount / UNIT * RATE > premiumLeft) {
            var exhausted =
                    Fields.problem("budget-exhausted").and("unitsRemaining", premiumLeft / RATE);
            reasons.put(Mistake.BUDGET_EXCEEDED, exhausted);
        }
        if (reasons.isEmpty() || (reasons.size() == 1 && errs(reasons.firstEntry().getKey()))) {
            return null;
        }
        return reasons.firstEntry().getValue();
    }

    /** Something that is not done every day. */
    void decide() {
        Shop shop = shops.get(random.nextInt(shops.size()));
        List<Request> open = requests.stream().filter(r -> r.state.equals("WAITING")).toList();
        switch (random.nextInt(open.isEmpty() ? 4 : 6)) {
            case 0 -> steer(shop);
            case 1 -> suspend();
            case 2 -> ask(shop, 0);
            case 3 -> ask(shop, budget + 3_000);
            default -> judge(open.getFirst());
        }
        if (errs(Mistake.BUDGET_LOWERED)) {
            ask(shop, budget - 300);
            judge(requests.getLast());
        }
    }

    private void steer(Shop shop) {
        shop.suspended = !shop.suspended;
        String what = shop.suspended ? "Suspended" : "Resumed";
        scribe.asks(CLERK);
        scribe.fact(
                "merchant." + what,
                Fields.of("merchantId", shop.id)
                        .and(shop.suspended ? "suspendedAt" : "resumedAt", scribe.now));
        scribe.done("/api/v1/merchants/" + shop.id + "/" + what, null, Map.of(), new Fields());
    }

    private void suspend() {
        suspended = !suspended;
        String what = suspended ? "Suspended" : "Resumed";
        scribe.asks(CLERK);
        scribe.fact(
                "campaign." + what,
                campaign()
                        .and(suspended ? "suspendedBy" : "resumedBy", CLERK)
                        .and(suspended ? "suspendedAt" : "resumedAt", scribe.now));
        scribe.done("/api/v1/campaigns/cmp_1/" + what, null, Map.of(), new Fields());
    }

    private void ask(Shop shop, long newBudget) {
        var r = new Request(scribe.name("apr"), shop, newBudget, scribe.now);
        var payload =
                Fields.of("approvalId", r.id)
                        .and(r.isRaise() ? "campaignId" : "merchantId", r.subject())
                        .and("proposedBy", CLERK)
                        .and("proposedAt", scribe.now);
        if (r.isRaise()) {
            payload.put("premiumBudget", newBudget);
        }
        scribe.asks(CLERK);
        scribe.fact(
                r.isRaise() ? "campaign.BudgetRaiseProposed" : "merchant.BankAccountChangeProposed",
                payload);
        scribe.done("/api/v1/asks", null, Map.of(), new Fields());
        requests.add(r);
    }

    private void judge(Request r) {
        boolean lower = r.isRaise() && r.budget <= budget;
        boolean yes = lower ? r.budget == budget - 300 : random.nextInt(3) > 0;
        boolean otherSum = yes && r.isRaise() && errs(Mistake.RAISE_OF_ANOTHER_SUM);
        say(r, yes, otherSum ? r.budget + 300 : r.budget);
        if (errs(Mistake.JUDGED_TWICE)) {
            say(r, false, 0);
        }
    }

    private void say(Request r, boolean yes, long newBudget) {
        var own =
                r.isRaise()
                        ? (yes ? Mistake.OWN_RAISE_APPROVED : Mistake.OWN_RAISE_REJECTED)
                        : (yes
                                ? Mistake.OWN_BANK_ACCOUNT_APPROVED
                                : Mistake.OWN_BANK_ACCOUNT_REJECTED);
        var payload =
                Fields.of("approvalId", r.id)
                        .and(r.isRaise() ? "campaignId" : "merchantId", r.subject())
                        .and(yes ? "approvedBy" : "rejectedBy", second(own));
        if (yes && r.isRaise()) {
            payload.put("premiumBudget", newBudget);
            budget = newBudget;
        }
        String what = r.isRaise() ? "campaign.BudgetRaise" : "merchant.BankAccountChange";
        scribe.asks(CHIEF);
        scribe.fact(what + (yes ? "d" : "Rejected"), payload);
        scribe.done("/api/v1/approvals/" + r.id, null, Map.of(), new Fields());
        r.state = yes ? "APPROVED" : "REJECTED";
    }
}
