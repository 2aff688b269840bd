package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** C7 for the histories of the wallets, which are held against the log fact by fact. */
final class Entries {
    private static final String HISTORY = "C7";

    /** Wallet, when, type, amount, lots, payment, purchase. */
    private record Entry(
            String wallet,
            Instant at,
            String type,
            long amount,
            List<String> lots,
            @Nullable String payment,
            @Nullable String purchase) {}

    private final Findings findings;
    private final Iterator<List<@Nullable Object>> rows;
    private final long last;
    private final Map<String, Map<Long, List<String>>> remembered = new HashMap<>();
    private @Nullable List<@Nullable Object> next;

    /**
     * @param last the position the rows are right for
     * @param wallets whose entries will be asked for
     */
    Entries(
            Findings findings,
            Iterator<List<@Nullable Object>> rows,
            long last,
            Set<String> wallets) {
        this.findings = findings;
        this.rows = rows;
        this.last = last;
        wallets.forEach(wallet -> remembered.put(wallet, new HashMap<>()));
        step();
    }

    private void step() {
        next = rows.hasNext() ? rows.next() : null;
    }

    void check(Fact fact) {
        List<Entry> due = due(fact);
        for (Entry entry : due) {
            var of = remembered.get(entry.wallet);
            if (of != null) {
                of.computeIfAbsent(fact.position(), _ -> new ArrayList<>())
                        .add(told(entry.type, entry.amount, entry.payment, entry.purchase));
            }
        }
        if (fact.position() > last) {
            return;
        }
        var found = new ArrayList<Entry>();
        while (next != null && position(next) <= fact.position()) {
            if (position(next) == fact.position()) {
                found.add(entry(next));
            } else {
                findings.add(HISTORY, "an entry belongs to no fact: " + next);
            }
            step();
        }
        findings.require(
                found.size() == due.size() && found.containsAll(due),
                HISTORY,
                () -> fact + " should be entered as " + due + ", and is as " + found);
    }

    /** A copy of the entries a wallet has by a position, as {@link #told} tells them. */
    Map<Long, List<String>> of(String wallet, long position) {
        var all = new HashMap<Long, List<String>>();
        remembered
                .getOrDefault(wallet, Map.of())
                .forEach((each, told) -> {
                    if (each <= position) {
                        all.put(each, new ArrayList<>(told));
                    }
                });
        return all;
    }

    static String told(
            String type, long amount, @Nullable String payment, @Nullable String purchase) {
        return type + " " + amount + " " + payment + " " + purchase;
    }

    private static List<Entry> due(Fact fact) {
        Doc d = fact.payload();
        return switch (fact.type()) {
            case "purchase.VoucherIssued" ->
                    List.of(
                            new Entry(
                                    d.text("walletId"),
                                    d.instant("issuedAt"),
                                    "ISSUED",
                                    d.number("amount") + d.number("premium"),
                                    lots(d.list("lots"), "face"),
                                    null,
                                    d.text("purchaseId")));
            case "wallet.LotLapsed" ->
                    List.of(entry(d, d.doc("lapsed").instant("expiresAt"), "LAPSED"));
            case "payment.Proposed" -> List.of(entry(d, d.instant("proposedAt"), "PROPOSED"));
            case "payment.Captured" -> List.of(entry(d, d.instant("capturedAt"), "PAID"));
            case "payment.Declined" -> ended(d, d.instant("declinedAt"), "DECLINED");
            case "payment.Expired" -> ended(d, d.instant("expiredAt"), "EXPIRED");
            default -> List.of();
        };
    }

    private static List<Entry> ended(Doc d, Instant at, String type) {
        return d.list("lapsed").isEmpty()
                ? List.of(entry(d, at, type))
                : List.of(entry(d, at, type), entry(d, at, "LAPSED"));
    }

    private static Entry entry(Doc d, Instant at, String type) {
        List<Doc> parts =
                switch (type) {
                    case "LAPSED" ->
                            d.has("paymentId") ? d.list("lapsed") : List.of(d.doc("lapsed"));
                    default -> d.list("draws");
                };
        return new Entry(
                d.text("walletId"),
                at,
                type,
                parts.stream().mapToLong(part -> part.number("amount")).sum(),
                lots(parts, "amount"),
                d.textOrNull("paymentId"),
                null);
    }

    private static List<String> lots(List<Doc> docs, String amount) {
        return docs.stream().map(d -> d.text("lotId") + " " + d.number(amount)).toList();
    }

    private static long position(List<@Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    private static Entry entry(List<@Nullable Object> row) {
        List<@Nullable Object> v = Arrays.asList(row.toArray());
        return new Entry(
                String.valueOf(v.get(1)),
                (Instant) Objects.requireNonNull(v.get(2)),
                String.valueOf(v.get(3)),
                (Long) Objects.requireNonNull(v.get(4)),
                lots(((Doc) Objects.requireNonNull(v.get(5))).all(), "amount"),
                (String) v.get(6),
                (String) v.get(7));
    }

    /** When the log has ended. */
    void end() {
        for (; next != null; step()) {
            findings.add(HISTORY, "an entry is ahead of its projection at " + last + ": " + next);
        }
    }
}
