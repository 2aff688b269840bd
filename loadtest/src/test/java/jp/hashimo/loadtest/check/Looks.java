package jp.hashimo.loadtest.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import jp.hashimo.loadtest.check.SmallTown.Bill;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Shop;
import jp.hashimo.loadtest.check.SmallTown.Voucher;
import org.jspecify.annotations.Nullable;

/** What the people of a small town are shown when they ask. */
final class Looks {
    private static final int PAGE = 3;

    private final Scribe scribe;
    private final Random random;
    private final Townhall hall;
    private final Counter counter;
    private final Tills tills;

    Looks(Scribe scribe, Random random, Townhall hall, Counter counter, Tills tills) {
        this.scribe = scribe;
        this.random = random;
        this.hall = hall;
        this.counter = counter;
        this.tills = tills;
    }

    /** One thing or another, at the head of the log. */
    void at(Purse purse) {
        switch (random.nextInt(6)) {
            case 0 -> books();
            case 1 -> campaign();
            case 2 -> day(hall.shops.get(random.nextInt(hall.shops.size())));
            case 3 -> entries(purse);
            case 4 -> {
                if (!tills.bills.isEmpty()) {
                    payment(tills.bills.get(random.nextInt(tills.bills.size())));
                }
            }
            default -> wallet(purse);
        }
    }

    /** Everything once more, and the tables that stand behind it. */
    void atAll() {
        hall.purses.forEach(this::wallet);
        hall.purses.forEach(this::entries);
        tills.bills.forEach(this::payment);
        hall.shops.forEach(this::day);
        campaign();
        books();
        new Shelves(scribe, hall, counter, tills).fill();
    }

    private void books() {
        long sum = scribe.sides.values().stream().mapToLong(sides -> sides[0]).sum();
        var accounts = new ArrayList<Fields>();
        accounts.add(Fields.of("code", "9999").and("debit", 0).and("credit", 0));
        scribe.sides.forEach((code, sides) ->
                accounts.add(
                        Fields.of("code", code).and("debit", sides[0]).and("credit", sides[1])));
        scribe.read(
                "/api/v1/books/trial-balance",
                Fields.of("accounts", accounts)
                        .and("totalDebit", sum)
                        .and("totalCredit", sum)
                        .and("difference", 0));
    }

    private void campaign() {
        scribe.read(
                "/api/v1/campaigns/" + Scribe.CAMPAIGN,
                Fields.of("campaignId", Scribe.CAMPAIGN)
                        .and("premiumBudget", hall.budget)
                        .and("premiumIssued", counter.premiumIssued)
                        .and("premiumReserved", counter.premiumReserved())
                        .and("premiumRemaining", counter.premiumLeft())
                        .and("unitsRemaining", counter.premiumLeft() / 300));
    }

    private void day(Shop shop) {
        long total =
                tills.bills.stream()
                        .filter(bill -> bill.shop == shop && bill.state.equals("CAPTURED"))
                        .mapToLong(bill -> bill.amount)
                        .sum();
        scribe.read(
                "/api/v1/merchants/" + shop.id + "/day-close",
                Fields.of("date", "2023-10-02").and("total", total));
    }

    private void payment(Bill bill) {
        boolean ended = bill.isOpen() && bill.isOver(scribe.now);
        var shown =
                Fields.of("paymentId", bill.id)
                        .and("state", ended ? "EXPIRED" : bill.state)
                        .and("amount", bill.amount)
                        .and("merchantId", bill.shop.id)
                        .and("storeClass", bill.storeClass)
                        .and("lots", Scribe.parts(bill))
                        .and("duplicateWarning", bill.warned)
                        .and("expiresAt", bill.end());
        if (bill.closedAt != null) {
            shown.and("closedAt", bill.closedAt);
        }
        scribe.read("/api/v1/payments/" + bill.id, shown);
    }

    /** The latest first, in pages that may end between two entries of one fact. */
    private void entries(Purse purse) {
        List<List<@Nullable Object>> all =
                new ArrayList<>(
                        scribe.town.rowsOf(Table.ENTRY).stream()
                                .filter(row -> purse.id.equals(row.get(1)))
                                .toList());
        all.sort(
                Comparator.comparingLong((List<@Nullable Object> row) -> position(row)).reversed());
        String path = "/api/v1/wallets/" + purse.id + "/entries";
        int from = 0;
        do {
            int to = Math.min(from + PAGE, all.size());
            var page =
                    Fields.of("items", all.subList(from, to).stream().map(Looks::entry).toList());
            if (to < all.size()) {
                page.and("next", "after" + to);
            }
            scribe.read(from == 0 ? path : path + "?cursor=after" + from, page);
            from = to;
        } while (from < all.size());
    }

    private static long position(List<@Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    private static Fields entry(List<@Nullable Object> row) {
        var entry =
                Fields.of("position", position(row))
                        .and("type", String.valueOf(row.get(3)))
                        .and("amount", Objects.requireNonNull(row.get(4)));
        if (row.get(6) instanceof String payment) {
            entry.and("paymentId", payment);
        }
        if (row.get(7) instanceof String purchase) {
            entry.and("purchaseId", purchase);
        }
        return entry;
    }

    private void wallet(Purse purse) {
        long available = 0;
        long held = 0;
        var lots = new ArrayList<Fields>();
        // All that can still be spent expires together, or almost: premium first, then by name.
        var order =
                Comparator.comparing((Voucher v) -> v.expiresAt)
                        .thenComparing(Voucher::bought)
                        .thenComparing(v -> v.id);
        for (Voucher v : purse.vouchers.stream().sorted(order).toList()) {
            long overdue = tills.overdue(v);
            long live = v.held - overdue;
            long open = scribe.now.isBefore(v.expiresAt) ? v.free + overdue : 0;
            available += open;
            held += live;
            if (open + live > 0) {
                lots.add(Fields.of("lotId", v.id).and("remaining", open + live).and("held", live));
            }
        }
        scribe.read(
                "/api/v1/wallets/" + purse.id,
                Fields.of("walletId", purse.id)
                        .and("total", available + held)
                        .and("available", available)
                        .and("held", held)
                        .and("lots", lots));
    }
}
