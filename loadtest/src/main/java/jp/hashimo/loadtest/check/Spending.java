package jp.hashimo.loadtest.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Merchant;
import jp.hashimo.loadtest.check.Town.Part;
import jp.hashimo.loadtest.check.Town.Payment;
import jp.hashimo.loadtest.check.Town.Wallet;

/** What becomes of points once they are issued: held, spent, given back, or lapsed. */
final class Spending {
    private static final Duration LOOKS_LIKE_A_DUPLICATE = Duration.ofMinutes(5);
    private static final int REMEMBERED = 8;

    private final Town town;
    private final Rules rules;

    Spending(Town town, Rules rules) {
        this.town = town;
        this.rules = rules;
    }

    /** A fact about a payment, or about a lot that has lapsed. */
    void apply(Fact f, Doc d) {
        switch (f.type()) {
            case "wallet.LotLapsed" -> lapse(f, d);
            case "payment.Proposed" -> propose(f, d);
            case "payment.Captured" -> capture(f, d);
            case "payment.Declined" -> {
                Instant at = d.instant("declinedAt");
                Payment p = release(f, d, "DECLINED", at, at);
                rules.must(!p.isOverAt(at), f, "is declined after its end at " + p.expiresAt);
            }
            case "payment.Expired" -> {
                Instant recorded = d.instant("recordedAt");
                Payment p = release(f, d, "EXPIRED", d.instant("expiredAt"), recorded);
                rules.must(p.isOverAt(recorded), f, "expires before its end at " + p.expiresAt);
                rules.must(
                        p.expiresAt.equals(d.instant("expiredAt")),
                        f,
                        "ended at " + p.expiresAt + " by its proposal");
            }
            default -> throw new IllegalArgumentException("it knows no such fact");
        }
    }

    /** What a store of this class may take of a wallet, in the order it is taken. */
    static List<Part> usable(Wallet wallet, String storeClass, Instant now) {
        return available(wallet, now, scope -> storeClass.equals("LOCAL") || scope.equals("ALL"));
    }

    /** What it may not take. */
    static List<Part> notUsable(Wallet wallet, String storeClass, Instant now) {
        return available(wallet, now, scope -> storeClass.equals("COMMON") && !scope.equals("ALL"));
    }

    private static List<Part> available(Wallet wallet, Instant now, Predicate<String> takes) {
        var all = new ArrayList<Part>();
        for (Lot lot : wallet.live) {
            long free = lot.remaining - wallet.held(lot, now);
            if (free > 0 && !lot.hasEndedAt(now) && takes.test(lot.scope)) {
                all.add(new Part(lot, free));
            }
        }
        all.sort(
                Comparator.comparing((Part part) -> part.lot().expiresAt)
                        .thenComparingInt(part -> part.lot().scope.equals("LOCAL") ? 0 : 1)
                        .thenComparingInt(part -> part.lot().fund.equals(Lot.CITIZENS) ? 1 : 0)
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
        rules.must(
                !town.payments.containsKey(d.text("paymentId")),
                f,
                "there was this payment before");
        if (d.has("codeId")) {
            rules.unique(f, "code", d.text("codeId"));
        }
        Wallet w = Town.known(town.wallets, d.text("walletId"));
        Merchant m = town.merchant(d);
        var p = new Payment(w, parts(d.list("draws")), d);
        Instant now = p.proposedAt;
        rules.must(!m.suspended, f, "is for a store that takes nothing");
        rules.must(p.storeClass.equals(m.classAt(now)), f, "the store is " + m.classAt(now));
        rules.must(p.amount > 0 && p.expiresAt.isAfter(now), f, "is for nothing or for no time");
        for (Payment other : w.holds.values()) {
            rules.must(
                    !other.isOverAt(now),
                    f,
                    other.id + " ended at " + other.expiresAt + " unrecorded");
        }
        List<Part> usable = usable(w, p.storeClass, now);
        List<Part> due = take(usable, p.amount);
        rules.must(
                Part.sum(usable) >= p.amount,
                f,
                "takes more than the " + Part.sum(usable) + " that can be used there");
        rules.must(p.draws.equals(due), f, "should take " + due);
        boolean again = w.recent.stream().anyMatch(before -> isLike(before, p));
        rules.must(p.duplicateWarning == again, f, "should warn: " + again);
        w.holds.put(p.id, p);
        w.recent.addFirst(p);
        if (w.recent.size() > REMEMBERED) {
            w.recent.removeLast();
        }
        town.payments.put(p.id, p);
    }

    private static boolean isLike(Payment before, Payment p) {
        return before.merchant.equals(p.merchant)
                && before.amount == p.amount
                && p.proposedAt.isBefore(before.proposedAt.plus(LOOKS_LIKE_A_DUPLICATE));
    }

    private void capture(Fact f, Doc d) {
        Payment p = proposed(f, d);
        Instant at = d.instant("capturedAt");
        rules.must(!p.isOverAt(at), f, "is confirmed after its end at " + p.expiresAt);
        rules.must(d.number("amount") == p.amount, f, "was proposed with " + p.amount);
        p.draws.forEach(part -> takeFrom(p.wallet, part, f));
        end(p, "CAPTURED", at);
    }

    private Payment release(Fact f, Doc d, String state, Instant at, Instant recorded) {
        Payment p = proposed(f, d);
        List<Part> lapsed = parts(d.list("lapsed"));
        List<Part> due = Part.ended(p.draws, recorded);
        rules.must(lapsed.equals(due), f, "should lapse " + due);
        lapsed.forEach(part -> takeFrom(p.wallet, part, f));
        p.wallet.recent.remove(p);
        end(p, state, at);
        return p;
    }

    private Payment proposed(Fact f, Doc d) {
        Payment p = Town.known(town.payments, d.text("paymentId"));
        rules.must(p.state.equals("PROPOSED"), f, "is " + p.state + " already");
        rules.must(parts(d.list("draws")).equals(p.draws), f, "holds " + p.draws);
        rules.must(
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
        Wallet w = Town.known(town.wallets, d.text("walletId"));
        Part lapsed = part(d.doc("lapsed"));
        Lot lot = lapsed.lot();
        rules.must(lot.hasEndedAt(d.instant("recordedAt")), f, "lapses before " + lot.expiresAt);
        long free = lot.remaining - w.held(lot, null);
        rules.must(lapsed.amount() == free, f, "should lapse " + free);
        takeFrom(w, lapsed, f);
    }

    private void takeFrom(Wallet w, Part part, Fact f) {
        Lot lot = part.lot();
        rules.must(w.lots.contains(lot), f, lot.id + " is another's");
        rules.must(
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
        Lot lot = Town.known(town.lots, d.text("lotId"));
        if (!d.text("kind").equals(lot.kind)
                || !d.doc("fund").text("code").equals(lot.fund)
                || !d.instant("expiresAt").equals(lot.expiresAt)) {
            throw new IllegalArgumentException(d + " is not how " + lot.id + " was issued");
        }
        return new Part(lot, d.number("amount"));
    }
}
