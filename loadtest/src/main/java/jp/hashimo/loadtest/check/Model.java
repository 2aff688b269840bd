package jp.hashimo.loadtest.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jp.hashimo.loadtest.check.Town.Campaign;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Merchant;
import jp.hashimo.loadtest.check.Town.Part;
import jp.hashimo.loadtest.check.Town.Payment;
import jp.hashimo.loadtest.check.Town.Purchase;
import jp.hashimo.loadtest.check.Town.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the currency a second time, as naively as they can be written: folds the log fact by
 * fact, and says of each fact whether it was allowed where it stands (C6).
 */
final class Model {
    private static final String RULES = "C6";
    private static final String CITIZENS = "CITIZENS";
    private static final Duration LOOKS_LIKE_A_DUPLICATE = Duration.ofMinutes(5);
    private static final int REMEMBERED = 8;

    final Map<String, Wallet> wallets = new HashMap<>();
    final Map<String, Payment> payments = new HashMap<>();
    final Map<String, Purchase> purchases = new HashMap<>();
    final Map<String, Campaign> campaigns = new HashMap<>();
    final Map<String, Merchant> merchants = new HashMap<>();
    final Map<String, String> approvals = new HashMap<>();
    final Map<String, Lot> lots = new HashMap<>();
    private final Set<String> once = new HashSet<>();
    private final Findings findings;

    Model(Findings findings) {
        this.findings = findings;
    }

    /** Takes a fact in. What is not allowed is said, and taken in all the same. */
    void fold(Fact fact) {
        try {
            apply(fact, fact.payload());
        } catch (RuntimeException e) {
            findings.add(RULES, fact + " makes no sense to the model: " + e.getMessage());
        }
    }

    private void apply(Fact f, Doc d) {
        switch (f.type()) {
            case "wallet.CitizenRegistered" -> register(f, d);
            case "wallet.LotLapsed" -> lapse(f, d);
            case "wallet.DeviceEnrolled" -> unique(f, "device", d.text("deviceId"));
            case "wallet.DeviceRevoked" -> unique(f, "revoked device", d.text("deviceId"));
            case "campaign.Drafted" -> {
                unique(f, "campaign", d.text("campaignId"));
                campaigns.put(d.text("campaignId"), new Campaign(d));
            }
            case "campaign.Approved" -> {
                Campaign c = campaign(d);
                must(!c.approved, f, "was approved before");
                must(!c.draftedBy.equals(d.text("approvedBy")), f, "is approved by its drafter");
                c.approved = true;
            }
            case "campaign.Suspended" -> suspend(f, campaign(d), true);
            case "campaign.Resumed" -> suspend(f, campaign(d), false);
            case "campaign.BudgetRaiseProposed" -> {
                approvals.put(d.text("approvalId"), "WAITING");
                campaign(d).raises.put(d.text("approvalId"), d);
            }
            case "campaign.BudgetRaised" -> raise(f, d, campaign(d));
            case "campaign.BudgetRaiseRejected" -> {
                Doc asked = campaign(d).raises.remove(d.text("approvalId"));
                must(asked != null, f, "judges a raise that does not wait");
                approvals.put(d.text("approvalId"), "REJECTED");
            }
            case "purchase.Reserved" -> reserve(f, d);
            case "purchase.VoucherIssued" -> issue(f, d);
            case "purchase.ReservationLapsed" -> {
                Purchase p = open(f, d);
                must(d.instant("lapsedAt").equals(p.until), f, "should have lapsed at " + p.until);
                must(!d.instant("recordedAt").isBefore(p.until), f, "lapses before " + p.until);
                close(p, "LAPSED");
            }
            case "purchase.ReservationCancelled" -> {
                Purchase p = open(f, d);
                must(p.isLiveAt(d.instant("cancelledAt")), f, "had lapsed at " + p.until);
                close(p, "CANCELLED");
            }
            case "purchase.MoneyToReturn" -> {
                Purchase p = known(purchases, d.text("purchaseId"));
                must(
                        !p.isLiveAt(d.instant("receivedAt")),
                        f,
                        "takes money back to return, though the reservation is live");
                must(d.number("amount") == p.amount, f, "is not the " + p.amount + " of it");
                unique(f, "payment reference", d.text("paymentReference"));
            }
            case "merchant.Registered" -> {
                unique(f, "store number", d.text("storeNumber"));
                unique(f, "merchant", d.text("merchantId"));
                var m = new Merchant(d.text("merchantId"));
                m.classes.put(d.instant("registeredAt"), d.text("storeClass"));
                merchants.put(m.id, m);
            }
            case "merchant.ClassChanged" -> {
                Merchant m = merchant(d);
                m.classes.tailMap(d.instant("effectiveFrom"), true).clear();
                m.classes.put(d.instant("effectiveFrom"), d.text("storeClass"));
            }
            case "merchant.Suspended" -> merchant(d).suspended = true;
            case "merchant.Resumed" -> merchant(d).suspended = false;
            case "merchant.RegisterOpened" -> unique(f, "register", d.text("registerId"));
            case "merchant.OperatorAdded" -> merchant(d);
            case "merchant.BankAccountChangeProposed" ->
                    approvals.put(d.text("approvalId"), "WAITING");
            case "merchant.BankAccountChanged" -> judged(f, d, "APPROVED");
            case "merchant.BankAccountChangeRejected" -> judged(f, d, "REJECTED");
            case "payment.Proposed" -> propose(f, d);
            case "payment.Captured" -> capture(f, d);
            case "payment.Declined" -> {
                Instant at = d.instant("declinedAt");
                Payment p = release(f, d, "DECLINED", at, at);
                must(!p.isOverAt(at), f, "is declined after its end at " + p.expiresAt);
            }
            case "payment.Expired" -> {
                Instant recorded = d.instant("recordedAt");
                Payment p = release(f, d, "EXPIRED", d.instant("expiredAt"), recorded);
                must(p.isOverAt(recorded), f, "expires before its end at " + p.expiresAt);
                must(
                        p.expiresAt.equals(d.instant("expiredAt")),
                        f,
                        "ended at " + p.expiresAt + " by its proposal");
            }
            default -> throw new IllegalArgumentException("it knows no such fact");
        }
    }

    private void judged(Fact f, Doc d, String state) {
        String before = approvals.put(d.text("approvalId"), state);
        must("WAITING".equals(before), f, "judges what does not wait");
    }

    private void register(Fact f, Doc d) {
        unique(f, "citizen", d.text("citizenId"));
        unique(f, "wallet", d.text("walletId"));
        boolean seen = false;
        for (Doc key : d.list("personKeys")) {
            seen |= !once.add("person " + key.node().asString());
        }
        must(
                seen == d.flag("overridden"),
                f,
                seen ? "is a second wallet of one person" : "is no second wallet");
        wallets.put(d.text("walletId"), new Wallet(d.text("walletId"), d.text("citizenId")));
    }

    private void suspend(Fact f, Campaign c, boolean suspended) {
        must(c.approved && c.suspended != suspended, f, "suspended is already " + suspended);
        c.suspended = suspended;
    }

    private void raise(Fact f, Doc d, Campaign c) {
        Doc asked = c.raises.remove(d.text("approvalId"));
        approvals.put(d.text("approvalId"), "APPROVED");
        long budget = d.number("premiumBudget");
        if (asked == null) {
            must(false, f, "approves a raise that does not wait");
        } else {
            must(asked.number("premiumBudget") == budget, f, "asked was " + asked);
            must(!asked.text("proposedBy").equals(d.text("approvedBy")), f, "is one's own raise");
        }
        must(budget > c.budget, f, "lowers the budget of " + c.budget);
        c.budget = budget;
    }

    // Sale.

    private void reserve(Fact f, Doc d) {
        Campaign c = campaign(d);
        unique(f, "purchase", d.text("purchaseId"));
        Instant now = d.instant("reservedAt");
        var p = new Purchase(c, d);
        must(wallets.containsKey(p.wallet), f, "is for a wallet nobody has");
        must(c.approved && !c.suspended, f, "is sold while the campaign does not sell");
        must(
                !now.isBefore(c.saleFrom) && now.isBefore(c.saleUntil),
                f,
                "is outside the sale, " + c.saleFrom + " to " + c.saleUntil);
        must(p.amount > 0 && p.amount % c.unit == 0, f, "is no multiple of " + c.unit);
        long premium = p.amount / c.unit * c.premiumPerUnit;
        must(p.premium == premium, f, "should carry a premium of " + premium);
        must(now.isBefore(p.until), f, "ends before it begins");
        must(
                d.instant("expiresAt").equals(c.terms.instant("expiresAt")),
                f,
                "expires otherwise than its campaign");
        for (Purchase other : c.reserved.values()) {
            must(
                    other.isLiveAt(now),
                    f,
                    other.id + " has lapsed at " + other.until + " unrecorded");
        }
        long committed = c.committedBy(p.wallet, now);
        must(committed + p.amount <= c.cap, f, "on top of " + committed + " exceeds " + c.cap);
        long left = c.premiumLeft(now);
        must(p.premium <= left, f, "exceeds the budget, of which " + left + " is left");
        c.reserved.put(p.id, p);
        purchases.put(p.id, p);
    }

    private void issue(Fact f, Doc d) {
        Purchase p = open(f, d);
        Campaign c = p.campaign;
        must(p.isLiveAt(d.instant("issuedAt")), f, "is issued after its end at " + p.until);
        unique(f, "payment reference", d.text("paymentReference"));
        must(
                d.text("walletId").equals(p.wallet)
                        && d.number("amount") == p.amount
                        && d.number("premium") == p.premium
                        && d.text("channel").equals(p.channel),
                f,
                "is not what was reserved: " + p.wallet + " " + p.amount + " + " + p.premium);
        Wallet w = known(wallets, p.wallet);
        List<Lot> issued = d.list("lots").stream().map(Lot::new).toList();
        List<String> said = issued.stream().map(Model::describe).toList();
        String fund = "PREMIUM-" + c.terms.number("fiscalYear");
        List<String> due =
                List.of(
                        "PURCHASED ALL " + CITIZENS + " " + p.amount,
                        "PREMIUM LOCAL " + fund + " " + p.premium);
        must(said.equals(due), f, "should issue " + due);
        for (Lot lot : issued) {
            unique(f, "lot", lot.id);
            must(c.id.equals(lot.campaign) && lot.programme == null, f, lot.id + " is astray");
            must(
                    lot.expiresAt.equals(c.terms.instant("expiresAt")),
                    f,
                    lot.id + " expires otherwise than its campaign");
            w.lots.add(lot);
            w.live.add(lot);
            lots.put(lot.id, lot);
        }
        c.issuedPremium += p.premium;
        c.bought.merge(p.wallet, p.amount, Long::sum);
        close(p, "ISSUED");
    }

    private static String describe(Lot lot) {
        return lot.kind + " " + lot.scope + " " + lot.fund + " " + lot.face;
    }

    private Purchase open(Fact f, Doc d) {
        Purchase p = known(purchases, d.text("purchaseId"));
        must(p.state.equals("RESERVED"), f, "is " + p.state + " already");
        return p;
    }

    private static void close(Purchase p, String state) {
        p.state = state;
        p.campaign.reserved.remove(p.id);
    }

    // Spending.

    /** What a store of this class may take of a wallet, in the order it is taken. */
    static List<Part> usable(Wallet wallet, String storeClass, Instant now) {
        return available(wallet, now, scope -> storeClass.equals("LOCAL") || scope.equals("ALL"));
    }

    /** What it may not take. */
    static List<Part> notUsable(Wallet wallet, String storeClass, Instant now) {
        return available(wallet, now, scope -> storeClass.equals("COMMON") && !scope.equals("ALL"));
    }

    private static List<Part> available(
            Wallet wallet, Instant now, Function<String, Boolean> takes) {
        var all = new ArrayList<Part>();
        for (Lot lot : wallet.live) {
            long free = lot.remaining - wallet.held(lot, now);
            if (free > 0 && !lot.hasEndedAt(now) && takes.apply(lot.scope)) {
                all.add(new Part(lot, free));
            }
        }
        all.sort(
                Comparator.comparing((Part part) -> part.lot().expiresAt)
                        .thenComparingInt(part -> part.lot().scope.equals("LOCAL") ? 0 : 1)
                        .thenComparingInt(part -> part.lot().fund.equals(CITIZENS) ? 1 : 0)
                        .thenComparing(part -> part.lot().issuedAt)
                        .thenComparing(part -> part.lot().id));
        return all;
    }

    private static List<Part> take(List<Part> usable, long amount) {
        var taken = new ArrayList<Part>();
        long missing = amount;
        for (Part part : usable) {
            if (missing > 0) {
                taken.add(new Part(part.lot(), Math.min(missing, part.amount())));
                missing -= taken.getLast().amount();
            }
        }
        return taken;
    }

    private void propose(Fact f, Doc d) {
        must(!payments.containsKey(d.text("paymentId")), f, "there was this payment before");
        if (d.has("codeId")) {
            unique(f, "code", d.text("codeId"));
        }
        Wallet w = known(wallets, d.text("walletId"));
        Merchant m = merchant(d);
        var p = new Payment(w, parts(d.list("draws")), d);
        Instant now = p.proposedAt;
        must(!m.suspended, f, "is for a store that takes nothing");
        must(p.storeClass.equals(m.classAt(now)), f, "the store is " + m.classAt(now));
        must(p.amount > 0 && p.expiresAt.isAfter(now), f, "is for nothing or for no time");
        for (Payment other : w.holds.values()) {
            must(
                    !other.isOverAt(now),
                    f,
                    other.id + " ended at " + other.expiresAt + " unrecorded");
        }
        List<Part> usable = usable(w, p.storeClass, now);
        List<Part> due = take(usable, p.amount);
        must(
                Part.sum(usable) >= p.amount,
                f,
                "takes more than the " + Part.sum(usable) + " that can be used there");
        must(p.draws.equals(due), f, "should take " + due);
        boolean again = w.recent.stream().anyMatch(before -> isLike(before, p));
        must(p.duplicateWarning == again, f, "should warn: " + again);
        w.holds.put(p.id, p);
        w.recent.addFirst(p);
        if (w.recent.size() > REMEMBERED) {
            w.recent.removeLast();
        }
        payments.put(p.id, p);
    }

    private static boolean isLike(Payment before, Payment p) {
        return before.merchant.equals(p.merchant)
                && before.amount == p.amount
                && p.proposedAt.isBefore(before.proposedAt.plus(LOOKS_LIKE_A_DUPLICATE));
    }

    private void capture(Fact f, Doc d) {
        Payment p = proposed(f, d);
        Instant at = d.instant("capturedAt");
        must(!p.isOverAt(at), f, "is confirmed after its end at " + p.expiresAt);
        must(d.number("amount") == p.amount, f, "was proposed with " + p.amount);
        p.draws.forEach(part -> takeFrom(p.wallet, part, f));
        end(p, "CAPTURED", at);
    }

    private Payment release(Fact f, Doc d, String state, Instant at, Instant recorded) {
        Payment p = proposed(f, d);
        List<Part> lapsed = parts(d.list("lapsed"));
        List<Part> due = Part.ended(p.draws, recorded);
        must(lapsed.equals(due), f, "should lapse " + due);
        lapsed.forEach(part -> takeFrom(p.wallet, part, f));
        p.wallet.recent.remove(p);
        end(p, state, at);
        return p;
    }

    private Payment proposed(Fact f, Doc d) {
        Payment p = known(payments, d.text("paymentId"));
        must(p.state.equals("PROPOSED"), f, "is " + p.state + " already");
        must(parts(d.list("draws")).equals(p.draws), f, "holds " + p.draws);
        must(
                d.text("walletId").equals(p.wallet.id) && d.text("merchantId").equals(p.merchant),
                f,
                "is between " + p.wallet.id + " and " + p.merchant);
        return p;
    }

    private static void end(Payment p, String state, Instant at) {
        p.state = state;
        p.closedAt = at;
        p.wallet.holds.remove(p.id);
    }

    private void lapse(Fact f, Doc d) {
        Wallet w = known(wallets, d.text("walletId"));
        Part lapsed = part(d.doc("lapsed"));
        Lot lot = lapsed.lot();
        must(lot.hasEndedAt(d.instant("recordedAt")), f, "lapses before " + lot.expiresAt);
        long free = lot.remaining - w.held(lot, null);
        must(lapsed.amount() == free, f, "should lapse " + free);
        takeFrom(w, lapsed, f);
    }

    private void takeFrom(Wallet w, Part part, Fact f) {
        Lot lot = part.lot();
        must(w.lots.contains(lot), f, lot.id + " is another's");
        must(
                part.amount() > 0 && part.amount() <= lot.remaining,
                f,
                lot.id + " has only " + lot.remaining);
        lot.remaining -= part.amount();
        if (lot.remaining == 0) {
            w.live.remove(lot);
        }
    }

    private List<Part> parts(List<Doc> docs) {
        return docs.stream().map(this::part).toList();
    }

    private Part part(Doc d) {
        Lot lot = known(lots, d.text("lotId"));
        if (!d.text("kind").equals(lot.kind)
                || !d.doc("fund").text("code").equals(lot.fund)
                || !d.instant("expiresAt").equals(lot.expiresAt)) {
            throw new IllegalArgumentException(d + " is not how " + lot.id + " was issued");
        }
        return new Part(lot, d.number("amount"));
    }

    private Campaign campaign(Doc d) {
        return known(campaigns, d.text("campaignId"));
    }

    private Merchant merchant(Doc d) {
        return known(merchants, d.text("merchantId"));
    }

    private void unique(Fact f, String kind, String name) {
        must(once.add(kind + " " + name), f, "there was this " + kind + " before");
    }

    private void must(boolean allowed, Fact f, String sentence) {
        if (!allowed) {
            findings.add(RULES, f + ": " + sentence);
        }
    }

    private static <T> T known(Map<String, T> all, String id) {
        @Nullable T found = all.get(id);
        if (found == null) {
            throw new IllegalArgumentException("there is no " + id);
        }
        return found;
    }
}
