package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.hashimo.loadtest.check.Approvals.Asked;
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
    void check(String projection, boolean isHead) {
        switch (projection) {
            case "wallet" -> wallets();
            case "payment" -> payments();
            case "campaign" -> campaigns();
            case "merchant" -> merchants();
            case "approval" ->
                    each(
                            Table.APPROVAL,
                            row -> approval(town.approvals.get(row.getFirst())),
                            town.approvals.size());
            case "due" -> new Alarms(findings, town).check(source.rows(Table.DUE), isHead);
            default -> {}
        }
    }

    private static @Nullable List<@Nullable Object> approval(@Nullable Asked asked) {
        if (asked == null) {
            return null;
        }
        boolean raise = asked.proposal().has("premiumBudget");
        String detail =
                raise
                        ? "{\"premiumBudget\":%d}"
                                .formatted(asked.proposal().number("premiumBudget"))
                        : "{}";
        return values(
                asked.id(),
                asked.kind(),
                asked.subject(),
                Doc.ofText(detail),
                asked.by(),
                asked.at(),
                asked.state());
    }

    private void wallets() {
        each(
                Table.WALLET,
                found(town.wallets, w -> values(w.id, w.citizen, w.registeredAt)),
                town.wallets.size());
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
                                        p.register,
                                        p.storeClass,
                                        p.mode,
                                        p.amount,
                                        shown(p.draws),
                                        p.policy,
                                        p.duplicateWarning,
                                        p.proposedAt,
                                        p.expiresAt,
                                        p.state,
                                        p.closedAt)),
                town.payments.size());
    }

    /** As text and back, so that numbers are of the same kind as those of a table. */
    private static Doc shown(List<Part> draws) {
        return Doc.ofText(
                draws.stream()
                        .map(part ->
                                "{\"lotId\":\"%s\",\"amount\":%d}"
                                        .formatted(part.lot().id, part.amount()))
                        .collect(Collectors.joining(",", "[", "]")));
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
                                        p.reservedBy,
                                        p.reservedAt,
                                        p.until,
                                        p.reference,
                                        p.lots)),
                town.purchases.size());
        each(
                Table.MONEY_RETURN,
                found(
                        town.moneyToReturn,
                        d ->
                                values(
                                        d.text("taskId"),
                                        d.text("purchaseId"),
                                        d.text("paymentReference"),
                                        d.number("amount"),
                                        d.instant("receivedAt"))),
                town.moneyToReturn.size());
        each(
                Table.CAMPAIGN,
                found(
                        town.campaigns,
                        c ->
                                values(
                                        c.id,
                                        c.terms,
                                        c.draftedBy,
                                        c.approved,
                                        c.suspended,
                                        c.budget,
                                        c.issuedPremium,
                                        c.position)),
                town.campaigns.size());
    }

    private void merchants() {
        each(
                Table.MERCHANT,
                found(
                        town.merchants,
                        m -> values(m.id, m.storeNumber, m.suspended, m.registeredAt)),
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
