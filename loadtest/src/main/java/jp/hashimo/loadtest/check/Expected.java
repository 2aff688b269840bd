package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hashimo.loadtest.check.Town.Campaign;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Merchant;
import jp.hashimo.loadtest.check.Town.Part;
import jp.hashimo.loadtest.check.Town.Payment;
import jp.hashimo.loadtest.check.Town.Purchase;
import jp.hashimo.loadtest.check.Town.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * What the model would have answered. An answer is a map of fields, values being numbers, flags,
 * instants, texts, or lists of texts: lots with their amounts, accounts with their sides; a field
 * the model has no opinion of is left out.
 */
final class Expected {
    /** The answer to a request that the model would have let pass. */
    static final Map<String, Object> ACCEPTED = Map.of("state", "accepted");

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Pattern ANSWER =
            Pattern.compile("/api/v1/payments/([^/?]+)/(confirm|decline)");
    private static final Pattern PURCHASE =
            Pattern.compile("/api/v1/purchases/([^/?]+)/(paid|cancel)");
    private static final Pattern READ =
            Pattern.compile("/api/v1/(wallets|payments|campaigns)/([^/?]+)");
    private static final Pattern DAY = Pattern.compile("/api/v1/merchants/([^/?]+)/day-close.*");

    private final Town town;
    private final Books books;

    Expected(Town town, Books books) {
        this.town = town;
        this.books = books;
    }

    // Writes that took effect: what the last fact of a request is answered with.

    /** The type of the fact and what it is about; a request for something else did not leave it. */
    static boolean asksFor(Exchange e, Fact fact) {
        Doc body = Doc.ofText(e.body());
        Doc d = fact.payload();
        Matcher answer = ANSWER.matcher(e.path());
        Matcher purchase = PURCHASE.matcher(e.path());
        if (answer.matches()) {
            String type = answer.group(2).equals("confirm") ? "Captured" : "Declined";
            return fact.type().equals("payment." + type)
                    && answer.group(1).equals(d.text("paymentId"));
        } else if (purchase.matches()) {
            return (purchase.group(2).equals("paid")
                            ? fact.type().equals("purchase.VoucherIssued")
                                    || fact.type().equals("purchase.MoneyToReturn")
                            : fact.type().equals("purchase.ReservationCancelled"))
                    && purchase.group(1).equals(d.text("purchaseId"));
        } else if (e.path().equals("/api/v1/payments")) {
            return fact.type().equals("payment.Proposed")
                    && body.number("amount") == d.number("amount")
                    && isAbout(e, d, "walletId")
                    && isAbout(e, d, "merchantId");
        } else if (e.path().equals("/api/v1/purchases")) {
            return fact.type().equals("purchase.Reserved")
                    && body.text("walletId").equals(d.text("walletId"))
                    && body.text("campaignId").equals(d.text("campaignId"))
                    && body.number("amount") == d.number("amount");
        }
        return !fact.type().startsWith("payment.") && !fact.type().startsWith("purchase.");
    }

    private static boolean isAbout(Exchange e, Doc d, String what) {
        return !e.about().containsKey(what) || d.text(what).equals(e.about().get(what));
    }

    Map<String, Object> done(Fact fact) {
        Doc d = fact.payload();
        var answer = new LinkedHashMap<String, Object>();
        if (fact.type().startsWith("payment.")) {
            Payment p = Town.known(town.payments, d.text("paymentId"));
            answer.put("paymentId", p.id);
            answer.put("state", p.state);
            answer.put("amount", p.amount);
            answer.put("merchantId", p.merchant);
            answer.put("lots", lots(p.draws));
            if (p.closedAt != null) {
                answer.put("closedAt", p.closedAt);
            } else {
                answer.put("storeClass", p.storeClass);
                answer.put("awaiting", p.mode.equals("USER_SCAN") ? "STORE" : "CITIZEN");
                answer.put("expiresAt", p.expiresAt);
                answer.put("duplicateWarning", p.duplicateWarning);
            }
        } else if (fact.type().equals("purchase.MoneyToReturn")) {
            answer.put("purchaseId", d.text("purchaseId"));
            answer.put("state", "MONEY_TO_RETURN");
            answer.put("taskId", d.text("taskId"));
        } else if (fact.type().startsWith("purchase.")) {
            Purchase p = Town.known(town.purchases, d.text("purchaseId"));
            answer.put("purchaseId", p.id);
            answer.put("state", p.state);
            if (!p.state.equals("CANCELLED") && !p.state.equals("LAPSED")) {
                answer.put("amount", p.amount);
                answer.put("premium", p.premium);
            }
            if (p.state.equals("RESERVED")) {
                answer.put("reservedUntil", p.until);
            } else if (p.state.equals("ISSUED")) {
                answer.put("lots", issued(d));
            }
        } else if (fact.type().equals("wallet.CitizenRegistered")) {
            answer.put("citizenId", d.text("citizenId"));
            answer.put("walletId", d.text("walletId"));
        }
        return answer;
    }

    private static List<String> issued(Doc d) {
        return d.list("lots").stream()
                .map(lot -> lot.text("lotId") + " " + lot.number("face"))
                .toList();
    }

    static List<String> lots(List<Part> parts) {
        return parts.stream().map(part -> part.lot().id + " " + part.amount()).toList();
    }

    // Refusals, as the model would give them at an instant.

    /** Null if the model has no opinion of such a request. */
    @Nullable Map<String, Object> refusal(Exchange e, Instant now) {
        Matcher answer = ANSWER.matcher(e.path());
        Matcher purchase = PURCHASE.matcher(e.path());
        if (answer.matches()) {
            return answering(town.payments.get(answer.group(1)), now);
        } else if (purchase.matches() && purchase.group(2).equals("paid")) {
            return paying(town.purchases.get(purchase.group(1)), now);
        } else if (e.path().equals("/api/v1/payments") && e.about().containsKey("walletId")) {
            return proposing(e, now);
        } else if (e.path().equals("/api/v1/purchases")) {
            return reserving(Doc.ofText(e.body()), now);
        }
        return null;
    }

    private static Map<String, Object> answering(@Nullable Payment p, Instant now) {
        if (p == null) {
            return problem("not-found");
        }
        return switch (p.stateAt(now)) {
            case "PROPOSED" -> ACCEPTED;
            case "EXPIRED" -> problem("payment-expired", "expiredAt", p.expiresAt);
            default -> problem("payment-not-proposed", "state", p.state);
        };
    }

    private static Map<String, Object> paying(@Nullable Purchase p, Instant now) {
        if (p == null) {
            return problem("not-found");
        } else if (p.isLiveAt(now) || !p.channel.equals("COUNTER")) {
            // A provider has the money already, and is never refused for being late.
            return ACCEPTED;
        }
        return p.state.equals("RESERVED") || p.state.equals("LAPSED")
                ? problem("reservation-lapsed", "lapsedAt", p.until)
                : problem("purchase-not-reserved", "state", p.state);
    }

    private @Nullable Map<String, Object> proposing(Exchange e, Instant now) {
        Wallet w = town.wallets.get(e.about().get("walletId"));
        Merchant m = town.merchants.get(e.about().get("merchantId"));
        if (w == null || m == null) {
            return null;
        } else if (m.suspended) {
            return problem("store-not-accepting");
        }
        long amount = Doc.ofText(e.body()).number("amount");
        List<Part> not = Spending.notUsable(w, m.classAt(now), now);
        long usable = Part.sum(Spending.usable(w, m.classAt(now), now));
        if (amount <= 0) {
            return problem("invalid-amount");
        }
        return amount <= usable
                ? ACCEPTED
                : problem(
                        "insufficient-points",
                        "usable",
                        usable,
                        "amount",
                        amount,
                        "notUsableHere",
                        Part.sum(not));
    }

    private @Nullable Map<String, Object> reserving(Doc body, Instant now) {
        Campaign c = town.campaigns.get(body.text("campaignId"));
        String wallet = body.text("walletId");
        long amount = body.number("amount");
        if (c == null || !town.wallets.containsKey(wallet)) {
            return problem("not-found");
        } else if (!c.approved || (!c.suspended && now.isBefore(c.saleFrom))) {
            return problem("sale-not-open", "opensAt", c.saleFrom);
        } else if (c.suspended) {
            return problem("sale-suspended");
        } else if (!now.isBefore(c.saleUntil)) {
            return problem("sale-closed", "closedAt", c.saleUntil);
        } else if (amount <= 0 || amount % c.unit != 0 || amount > c.cap) {
            return problem("invalid-unit", "unit", c.unit, "min", c.unit, "max", c.cap);
        }
        long bought = c.committedBy(wallet, now);
        if (bought + amount > c.cap) {
            long left = Math.max(0, c.cap - bought);
            return problem(
                    "purchase-cap-exceeded", "cap", c.cap, "bought", bought, "remaining", left);
        }
        long left = c.premiumLeft(now);
        return amount / c.unit * c.premiumPerUnit <= left
                ? ACCEPTED
                : problem("budget-exhausted", "unitsRemaining", left / c.premiumPerUnit);
    }

    private static Map<String, Object> problem(String slug, Object... fields) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "/problems/" + slug);
        for (int i = 0; i < fields.length; i += 2) {
            problem.put((String) fields[i], fields[i + 1]);
        }
        return problem;
    }

    // Reads.

    /** Null if the model has no opinion of such a read. */
    @Nullable Map<String, Object> read(Exchange e, Instant now) {
        Matcher read = READ.matcher(e.path());
        Matcher day = DAY.matcher(e.path());
        if (read.matches()) {
            String id = read.group(2);
            return switch (read.group(1)) {
                case "wallets" -> wallet(Town.known(town.wallets, id), now);
                case "payments" -> payment(Town.known(town.payments, id), now);
                default -> campaign(Town.known(town.campaigns, id), now);
            };
        } else if (day.matches()) {
            return day(day.group(1), LocalDate.parse(Doc.ofText(e.answer()).text("date")));
        } else if (e.path().equals("/api/v1/books/trial-balance")) {
            return trialBalance();
        }
        return null;
    }

    private static Map<String, Object> wallet(Wallet w, Instant now) {
        long available = 0;
        long held = 0;
        var lots = new ArrayList<Part>();
        for (Lot lot : w.live) {
            long onHold = w.held(lot, now);
            long remaining = lot.hasEndedAt(now) ? onHold : lot.remaining;
            available += remaining - onHold;
            held += onHold;
            if (remaining > 0) {
                lots.add(new Part(lot, remaining));
            }
        }
        lots.sort(
                Comparator.comparing((Part part) -> part.lot().expiresAt)
                        .thenComparingInt(part -> part.lot().scope.equals("LOCAL") ? 0 : 1)
                        .thenComparing(part -> part.lot().id));
        var shown = new LinkedHashMap<String, Object>();
        shown.put("walletId", w.id);
        shown.put("total", available + held);
        shown.put("available", available);
        shown.put("held", held);
        shown.put("lots", lots(lots));
        return shown;
    }

    private static Map<String, Object> payment(Payment p, Instant now) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("paymentId", p.id);
        shown.put("state", p.stateAt(now));
        shown.put("amount", p.amount);
        shown.put("merchantId", p.merchant);
        shown.put("storeClass", p.storeClass);
        shown.put("lots", lots(p.draws));
        shown.put("duplicateWarning", p.duplicateWarning);
        shown.put("expiresAt", p.expiresAt);
        if (p.closedAt != null) {
            shown.put("closedAt", p.closedAt);
        }
        return shown;
    }

    private static Map<String, Object> campaign(Campaign c, Instant now) {
        long left = c.premiumLeft(now);
        var shown = new LinkedHashMap<String, Object>();
        shown.put("campaignId", c.id);
        shown.put("premiumBudget", c.budget);
        shown.put("premiumIssued", c.issuedPremium);
        shown.put("premiumReserved", c.premiumReserved(now));
        shown.put("premiumRemaining", left);
        shown.put("unitsRemaining", left / c.premiumPerUnit);
        return shown;
    }

    private Map<String, Object> day(String merchant, LocalDate date) {
        long total = 0;
        for (Payment p : town.payments.values()) {
            if (p.merchant.equals(merchant)
                    && p.state.equals("CAPTURED")
                    && p.closedAt != null
                    && p.closedAt.atZone(TOKYO).toLocalDate().equals(date)) {
                total += p.amount;
            }
        }
        return Map.of("total", total);
    }

    private Map<String, Object> trialBalance() {
        var accounts = new ArrayList<String>();
        long debit = 0;
        long credit = 0;
        for (var account : books.sides().entrySet()) {
            long[] sides = account.getValue();
            accounts.add(account.getKey() + " " + sides[0] + " " + sides[1]);
            debit += sides[0];
            credit += sides[1];
        }
        return Map.of(
                "accounts",
                accounts,
                "totalDebit",
                debit,
                "totalCredit",
                credit,
                "difference",
                debit - credit);
    }

    // Time.

    /** The instants after which an answer about the same facts may be another. */
    SortedSet<Instant> turns(Exchange e) {
        var turns = new TreeSet<Instant>();
        Doc body = Doc.ofText(e.body());
        Matcher of =
                Pattern.compile(".*/(payments|purchases|wallets|campaigns)/([^/?]+).*")
                        .matcher(e.path());
        String id = of.matches() ? of.group(2) : "";
        String campaign = body.has("campaignId") ? body.text("campaignId") : id;
        Wallet w = town.wallets.get(e.about().getOrDefault("walletId", id));
        Payment p = town.payments.get(id);
        Purchase bought = town.purchases.get(id);
        Campaign c = town.campaigns.get(campaign);
        Merchant m = town.merchants.get(e.about().getOrDefault("merchantId", ""));
        if (w != null) {
            w.holds.values().forEach(hold -> turns.add(hold.expiresAt));
            w.live.forEach(lot -> turns.add(lot.expiresAt));
        }
        if (p != null) {
            turns.add(p.expiresAt);
        }
        if (bought != null) {
            turns.add(bought.until);
        }
        if (c != null) {
            turns.add(c.saleFrom);
            turns.add(c.saleUntil);
            c.reserved.values().forEach(reserved -> turns.add(reserved.until));
        }
        if (m != null) {
            turns.addAll(m.classes.keySet());
        }
        return turns;
    }
}
