package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Part;
import jp.hashimo.loadtest.check.Town.Payment;
import org.jspecify.annotations.Nullable;

/** C7: the tables of a projection equal a fresh fold of the log up to its position. */
final class Tables {
    private static final String PROJECTIONS = "C7";

    private final Findings findings;
    private final Town town;
    private final Source source;

    Tables(Findings findings, Town town, Source source) {
        this.findings = findings;
        this.town = town;
        this.source = source;
    }

    /** When the model stands where the projection says it does. */
    void check(String projection) {
        switch (projection) {
            case "wallet" -> wallets();
            case "payment" -> payments();
            case "campaign" -> campaigns();
            case "merchant" -> merchants();
            case "approval" ->
                    each(
                            Table.APPROVAL,
                            row -> values(row.getFirst(), town.approvals.get(row.getFirst())),
                            town.approvals.size());
            case "due" -> due();
            default -> {}
        }
    }

    private void wallets() {
        each(Table.WALLET, found(town.wallets, w -> values(w.id, w.citizen)), town.wallets.size());
        var owners = new HashMap<String, String>();
        town.wallets.values().forEach(w -> w.lots.forEach(lot -> owners.put(lot.id, w.id)));
        each(Table.LOT, found(town.lots, lot -> lot(lot, owners.get(lot.id))), town.lots.size());
        long held =
                town.wallets.values().stream()
                        .flatMap(w -> w.holds.values().stream())
                        .mapToLong(p -> p.draws.size())
                        .sum();
        each(Table.HOLD, this::hold, held);
    }

    private static List<@Nullable Object> lot(Lot lot, @Nullable String owner) {
        return values(
                lot.id,
                owner,
                lot.kind,
                lot.scope,
                lot.fund,
                lot.face,
                lot.remaining,
                lot.issuedAt,
                lot.expiresAt,
                lot.campaign,
                lot.programme);
    }

    private @Nullable List<@Nullable Object> hold(List<@Nullable Object> row) {
        Payment p = town.payments.get(row.getFirst());
        if (p == null || !p.state.equals("PROPOSED")) {
            return null;
        }
        for (Part part : p.draws) {
            if (part.lot().id.equals(row.get(1))) {
                return values(
                        p.id,
                        part.lot().id,
                        p.wallet.id,
                        p.merchant,
                        part.amount(),
                        p.proposedAt,
                        p.expiresAt);
            }
        }
        return null;
    }

    private void payments() {
        each(
                Table.PAYMENT,
                found(
                        town.payments,
                        p ->
                                values(
                                        p.id,
                                        p.wallet.id,
                                        p.merchant,
                                        p.storeClass,
                                        p.mode,
                                        p.amount,
                                        p.duplicateWarning,
                                        p.proposedAt,
                                        p.expiresAt,
                                        p.state,
                                        p.closedAt)),
                town.payments.size());
    }

    private void campaigns() {
        each(
                Table.PURCHASE,
                found(
                        town.purchases,
                        p ->
                                values(
                                        p.id,
                                        p.campaign.id,
                                        p.wallet,
                                        p.channel,
                                        p.amount,
                                        p.premium,
                                        p.state,
                                        p.until)),
                town.purchases.size());
        each(
                Table.CAMPAIGN,
                found(
                        town.campaigns,
                        c ->
                                values(
                                        c.id,
                                        c.draftedBy,
                                        c.approved,
                                        c.suspended,
                                        c.budget,
                                        c.issuedPremium)),
                town.campaigns.size());
    }

    private void merchants() {
        each(
                Table.MERCHANT,
                found(town.merchants, m -> values(m.id, m.suspended)),
                town.merchants.size());
        each(
                Table.CLASS,
                row -> {
                    var m = town.merchants.get(row.getFirst());
                    return m == null || !(row.get(1) instanceof Instant from)
                            ? null
                            : values(m.id, from, m.classes.get(from));
                },
                town.merchants.values().stream().mapToLong(m -> m.classes.size()).sum());
    }

    /** Whatever is open has an alarm set; alarms of ended lots are the clock's own affair. */
    private void due() {
        long alarms = 0;
        for (Iterator<List<@Nullable Object>> rows = source.rows(Table.DUE); rows.hasNext(); ) {
            List<@Nullable Object> row = rows.next();
            boolean open =
                    switch (String.valueOf(row.get(0))) {
                        case "HOLD" -> {
                            Payment p = town.payments.get(row.get(1));
                            yield p != null && p.state.equals("PROPOSED");
                        }
                        case "RESERVATION" -> {
                            var p = town.purchases.get(row.get(1));
                            yield p != null && p.state.equals("RESERVED");
                        }
                        default -> true;
                    };
            findings.require(open, PROJECTIONS, () -> "an alarm is set for what is closed: " + row);
            alarms += String.valueOf(row.get(0)).equals("LOTS") ? 0 : 1;
        }
        long open =
                town.wallets.values().stream().mapToLong(w -> w.holds.size()).sum()
                        + town.campaigns.values().stream().mapToLong(c -> c.reserved.size()).sum();
        long set = alarms;
        findings.require(
                open == set,
                PROJECTIONS,
                () -> open + " holds and reservations are open, and " + set + " alarms are set");
    }

    private static <T> Function<List<@Nullable Object>, @Nullable List<@Nullable Object>> found(
            Map<String, T> all, Function<T, List<@Nullable Object>> row) {
        return shown -> {
            T found = all.get(shown.getFirst());
            return found == null ? null : row.apply(found);
        };
    }

    private void each(
            Table table,
            Function<List<@Nullable Object>, @Nullable List<@Nullable Object>> due,
            long count) {
        long shown = 0;
        for (Iterator<List<@Nullable Object>> rows = source.rows(table); rows.hasNext(); ) {
            List<@Nullable Object> row = rows.next();
            List<@Nullable Object> expected = due.apply(row);
            findings.require(
                    row.equals(expected),
                    PROJECTIONS,
                    () -> table.name() + " shows " + row + ", and the log says " + expected);
            shown++;
        }
        long rows = shown;
        findings.require(
                rows == count,
                PROJECTIONS,
                () -> table.name() + " has " + rows + " rows, and the log makes " + count);
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
