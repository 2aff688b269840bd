package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Part;
import jp.hashimo.loadtest.check.Town.Payment;
import org.jspecify.annotations.Nullable;

/**
 * C5: each fact is posted as the chart of accounts asks, what the books owe is what the wallets
 * hold, each other account is what the town knows of it, and of each fund everything issued is
 * accounted for.
 */
final class Books {
    private static final String BOOKS = "C5";
    private static final String HELD = "2140";
    private static final String PAYABLE = "2210";
    private static final String LAPSED = "4010";
    private static final String TO_RETURN = "2010";
    private static final String RECEIVED = "10..";
    private static final Map<String, String> LIABILITY =
            Map.of("PURCHASED", "2110", "PREMIUM", "2120", "AWARD", "2130");
    private static final Map<String, String> COST = Map.of("PREMIUM", "5010", "AWARD", "5020");

    private final Findings findings;
    private final Town town;
    private final Iterator<List<@Nullable Object>> rows;
    private final long last;
    private @Nullable List<@Nullable Object> next;

    /** Debit less credit, by account, fund, campaign and programme. */
    private final Map<String, Long> balances = new TreeMap<>();

    /** Debits and credits by account, as a trial balance should show them: from the log alone. */
    private final Map<String, long[]> sides = new TreeMap<>();

    /**
     * @param last the position the books are right for
     */
    Books(Findings findings, Town town, Iterator<List<@Nullable Object>> rows, long last) {
        this.findings = findings;
        this.town = town;
        this.rows = rows;
        this.last = last;
        step();
    }

    private void step() {
        next = rows.hasNext() ? rows.next() : null;
    }

    /** What stands in the books of a fact that the model has taken in. */
    void check(Fact fact) {
        var due = due(fact);
        due.forEach(this::side);
        if (fact.position() > last) {
            return;
        }
        var found = new ArrayList<List<@Nullable Object>>();
        while (next != null && position(next) <= fact.position()) {
            if (position(next) == fact.position()) {
                found.add(next.subList(1, next.size()));
                post(next);
            } else {
                findings.add(BOOKS, "a posting belongs to no fact: " + next);
            }
            step();
        }
        if (!found.equals(due) && !sorted(found).equals(sorted(due))) {
            findings.add(BOOKS, fact + " should be posted as " + due + ", and is as " + found);
        }
    }

    private static long position(List<@Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    private static List<String> sorted(List<List<@Nullable Object>> postings) {
        return postings.stream().map(Object::toString).sorted().toList();
    }

    private void post(List<@Nullable Object> row) {
        String debit = String.valueOf(row.get(1));
        String credit = String.valueOf(row.get(2));
        long amount = (Long) Objects.requireNonNull(row.get(3));
        String of = " " + row.get(5) + " " + row.get(6) + " " + row.get(7);
        balances.merge(debit + of, amount, Math::addExact);
        balances.merge(credit + of, -amount, Math::addExact);
    }

    private void side(List<@Nullable Object> due) {
        long amount = (Long) Objects.requireNonNull(due.get(2));
        sides.computeIfAbsent(String.valueOf(due.get(0)), _ -> new long[2])[0] += amount;
        sides.computeIfAbsent(String.valueOf(due.get(1)), _ -> new long[2])[1] += amount;
    }

    // What the chart of accounts asks for.

    private List<List<@Nullable Object>> due(Fact fact) {
        var due = new ArrayList<List<@Nullable Object>>();
        try {
            due(fact, fact.payload(), due);
        } catch (RuntimeException e) {
            findings.add(BOOKS, fact + " cannot be booked: " + e.getMessage());
        }
        return due;
    }

    private void due(Fact fact, Doc d, List<List<@Nullable Object>> due) {
        switch (fact.type()) {
            case "purchase.VoucherIssued" -> {
                String receiving = receiving(d);
                for (Doc doc : d.list("lots")) {
                    Lot lot = new Lot(doc);
                    due.add(
                            posting(
                                    COST.getOrDefault(lot.kind, receiving),
                                    liability(lot),
                                    lot.face,
                                    lot.issuedAt,
                                    lot));
                }
            }
            case "purchase.MoneyToReturn" ->
                    due.add(
                            Arrays.asList(
                                    receiving(d),
                                    TO_RETURN,
                                    d.number("amount"),
                                    d.instant("receivedAt"),
                                    "CITIZENS",
                                    d.text("campaignId"),
                                    null));
            case "wallet.LotLapsed" -> {
                Lot lot = lot(d.doc("lapsed"));
                due.add(
                        posting(
                                liability(lot),
                                LAPSED,
                                d.doc("lapsed").number("amount"),
                                lot.expiresAt,
                                lot));
            }
            case "payment.Proposed" ->
                    draws(
                            d,
                            (lot, amount) ->
                                    due.add(
                                            posting(
                                                    liability(lot),
                                                    HELD,
                                                    amount,
                                                    d.instant("proposedAt"),
                                                    lot)));
            case "payment.Captured" ->
                    draws(
                            d,
                            (lot, amount) ->
                                    due.add(
                                            posting(
                                                    HELD,
                                                    PAYABLE,
                                                    amount,
                                                    d.instant("capturedAt"),
                                                    lot)));
            case "payment.Declined" -> released(d, d.instant("declinedAt"), due);
            case "payment.Expired" -> released(d, d.instant("expiredAt"), due);
            default -> {}
        }
    }

    private interface Draw {
        void of(Lot lot, long amount);
    }

    private void draws(Doc d, Draw draw) {
        d.list("draws").forEach(doc -> draw.of(lot(doc), doc.number("amount")));
    }

    private void released(Doc d, Instant at, List<List<@Nullable Object>> due) {
        draws(d, (lot, amount) -> due.add(posting(HELD, liability(lot), amount, at, lot)));
        for (Doc doc : d.list("lapsed")) {
            Lot lot = lot(doc);
            Instant end = lot.expiresAt.isAfter(at) ? lot.expiresAt : at;
            due.add(posting(liability(lot), LAPSED, doc.number("amount"), end, lot));
        }
    }

    private Lot lot(Doc d) {
        return Objects.requireNonNull(town.lots.get(d.text("lotId")), "no such lot");
    }

    private static String receiving(Doc d) {
        return d.text("channel").equals("COUNTER") ? "1010" : "1020";
    }

    private static List<@Nullable Object> posting(
            String debit, String credit, long amount, Instant at, Lot lot) {
        return Arrays.asList(debit, credit, amount, at, lot.fund, lot.campaign, lot.programme);
    }

    // The books as a whole.

    /** Debit and credit of each account so far. */
    Map<String, long[]> sides() {
        return Collections.unmodifiableMap(sides);
    }

    /**
     * When the model stands where the books do. That debits are credits needs no proof, since every
     * posting names both sides; that each account is what it stands for does.
     */
    void balance() {
        var due = new TreeMap<String, Long>();
        for (Lot lot : town.lots.values()) {
            due.merge(liability(lot) + tail(lot), -lot.remaining, Math::addExact);
            due.merge(COST.getOrDefault(lot.kind, RECEIVED) + tail(lot), lot.face, Math::addExact);
        }
        for (Payment payment : town.payments.values()) {
            for (Part part : payment.draws) {
                String tail = tail(part.lot());
                if (payment.state.equals("PROPOSED")) {
                    due.merge(liability(part.lot()) + tail, part.amount(), Math::addExact);
                    due.merge(HELD + tail, -part.amount(), Math::addExact);
                } else if (payment.state.equals("CAPTURED")) {
                    due.merge(PAYABLE + tail, -part.amount(), Math::addExact);
                }
            }
        }
        for (Doc money : town.moneyToReturn.values()) {
            String tail = " " + Lot.CITIZENS + " " + money.text("campaignId") + " null";
            due.merge(RECEIVED + tail, money.number("amount"), Math::addExact);
            due.merge(TO_RETURN + tail, -money.number("amount"), Math::addExact);
        }
        var books = new TreeMap<String, Long>();
        balances.forEach((account, balance) -> {
            // Over the counter or through a provider: the town does not keep which.
            String known = account.startsWith("10") ? RECEIVED + account.substring(4) : account;
            if (!known.startsWith(LAPSED)) {
                books.merge(known, balance, Math::addExact);
            }
        });
        var accounts = new TreeSet<>(due.keySet());
        accounts.addAll(books.keySet());
        for (String account : accounts) {
            long booked = books.getOrDefault(account, 0L);
            long wanted = due.getOrDefault(account, 0L);
            findings.require(
                    booked == wanted,
                    BOOKS,
                    () -> account + ": the books say " + booked + ", the town " + wanted);
        }
        identity();
    }

    private static String liability(Lot lot) {
        return LIABILITY.getOrDefault(lot.kind, lot.kind);
    }

    private static String tail(Lot lot) {
        return " " + lot.fund + " " + lot.campaign + " " + lot.programme;
    }

    /** Issued = available + held + spent + lapsed, for each fund, campaign and programme. */
    private void identity() {
        var issued = new TreeMap<String, Long>();
        var remaining = new TreeMap<String, Long>();
        for (Lot lot : town.lots.values()) {
            issued.merge(tail(lot), lot.face, Math::addExact);
            remaining.merge(tail(lot), lot.remaining, Math::addExact);
        }
        issued.forEach((tail, amount) -> {
            long left = remaining.getOrDefault(tail, 0L);
            long spent = -balances.getOrDefault(PAYABLE + tail, 0L);
            long lapsed = -balances.getOrDefault(LAPSED + tail, 0L);
            findings.require(
                    amount == left + spent + lapsed,
                    BOOKS,
                    () ->
                            "of%s %d were issued, yet %d remain, %d are spent and %d lapsed"
                                    .formatted(tail, amount, left, spent, lapsed));
        });
    }

    /** When the log has ended. */
    void end() {
        for (; next != null; step()) {
            findings.add("C7", "a posting is ahead of its projection at " + last + ": " + next);
        }
    }
}
