package jp.hashimo.loadtest.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import jp.hashimo.loadtest.check.SmallTown.Bill;
import jp.hashimo.loadtest.check.SmallTown.Deal;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Shop;
import jp.hashimo.loadtest.check.SmallTown.Voucher;
import jp.hashimo.loadtest.check.Townhall.Request;

/** The tables of a small town at the end of its story, all of them at the head of the log. */
final class Shelves {
    private final Scribe scribe;
    private final Townhall hall;
    private final Counter counter;
    private final Tills tills;

    Shelves(Scribe scribe, Townhall hall, Counter counter, Tills tills) {
        this.scribe = scribe;
        this.hall = hall;
        this.counter = counter;
        this.tills = tills;
    }

    void fill() {
        for (String name :
                List.of(
                        "wallet",
                        "payment",
                        "campaign",
                        "merchant",
                        "approval",
                        "journal",
                        "due")) {
            scribe.town.projections.put(name, (long) scribe.town.facts.size());
        }
        scribe.row(
                Table.CAMPAIGN,
                Scribe.CAMPAIGN,
                Fields.doc(hall.terms),
                "usr_1",
                true,
                hall.suspended,
                hall.budget,
                counter.premiumIssued,
                1L);
        hall.shops.forEach(this::shop);
        hall.requests.forEach(this::request);
        hall.purses.forEach(this::purse);
        counter.deals.forEach(this::deal);
        tills.bills.forEach(this::bill);
    }

    private void shop(Shop shop) {
        scribe.row(Table.MERCHANT, shop.id, shop.number, shop.suspended, shop.registeredAt);
        scribe.row(Table.CLASS, shop.id, shop.registeredAt, shop.storeClass);
    }

    private void request(Request r) {
        Map<String, Long> detail = r.isRaise() ? Map.of("premiumBudget", r.budget) : Map.of();
        scribe.row(
                Table.APPROVAL,
                r.id,
                r.isRaise() ? "BUDGET_RAISE" : "BANK_ACCOUNT",
                r.subject(),
                Fields.doc(detail),
                "usr_1",
                r.at,
                r.state);
    }

    private void purse(Purse purse) {
        scribe.row(Table.WALLET, purse.id, purse.citizen, purse.registeredAt);
        var ends = new LinkedHashSet<Object>();
        for (Voucher v : purse.vouchers) {
            scribe.row(
                    Table.LOT,
                    v.id,
                    purse.id,
                    v.kind,
                    v.scope(),
                    v.fund(),
                    v.face,
                    v.free + v.held,
                    v.issuedAt,
                    v.expiresAt,
                    Scribe.CAMPAIGN,
                    null);
            if (ends.add(v.expiresAt)) {
                // Ticked off if all of them are gone, but for what is held.
                boolean done =
                        purse.vouchers.stream()
                                .allMatch(o -> !o.expiresAt.equals(v.expiresAt) || o.free == 0);
                scribe.row(Table.DUE, "LOTS", purse.id, v.expiresAt, done);
            }
        }
    }

    private void deal(Deal d) {
        scribe.row(
                Table.PURCHASE,
                d.id,
                Scribe.CAMPAIGN,
                d.purse.id,
                d.channel,
                d.amount,
                d.premium,
                d.state,
                "usr_4",
                d.reservedAt,
                d.until(),
                d.reference,
                d.lots);
        if (d.isOpen()) {
            scribe.row(Table.DUE, "RESERVATION", d.id, d.until(), false);
        }
    }

    private void bill(Bill b) {
        scribe.row(
                Table.PAYMENT,
                b.id,
                b.purse.id,
                b.shop.id,
                null,
                b.storeClass,
                "USER_SCAN",
                b.amount,
                Fields.doc(Scribe.parts(b)),
                "n/1",
                b.warned,
                b.proposedAt,
                b.end(),
                b.state,
                b.closedAt);
        if (b.isOpen()) {
            scribe.row(Table.DUE, "HOLD", b.id, b.end(), false);
            b.draws.forEach((v, part) ->
                    scribe.row(
                            Table.HOLD,
                            b.id,
                            v.id,
                            b.purse.id,
                            b.shop.id,
                            part,
                            b.proposedAt,
                            b.end()));
        }
    }
}
