package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hashimo.loadtest.check.SmallTown.Deal;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Voucher;

/** Where points are bought in a small town: reserve, pay, issue. */
final class Counter {
    private static final String PURCHASES = "/api/v1/purchases";

    final List<Deal> deals = new ArrayList<>();
    long premiumIssued;

    private final Scribe scribe;
    private final Random random;
    private final Townhall hall;
    private String lastReference = "";

    Counter(Scribe scribe, Random random, Townhall hall) {
        this.scribe = scribe;
        this.random = random;
        this.hall = hall;
    }

    private boolean errs(Mistake mistake) {
        return scribe.town.makes(mistake);
    }

    /** Premium that live reservations have set aside. */
    long premiumReserved() {
        return deals.stream()
                .filter(d -> d.isLive(scribe.now))
                .mapToLong(deal -> deal.premium)
                .sum();
    }

    long premiumLeft() {
        return hall.budget - premiumIssued - premiumReserved();
    }

    void buy(Purse purse) {
        long amount = Townhall.UNIT * (1 + random.nextInt(4));
        long had =
                purse.bought
                        + deals.stream()
                                .filter(d -> d.purse == purse && d.isLive(scribe.now))
                                .mapToLong(d -> d.amount)
                                .sum();
        String channel = random.nextInt(3) == 0 ? "CARD" : "COUNTER";
        Fields no = hall.refusal(amount, had, premiumLeft());
        if (no == null && errs(Mistake.HALF_A_UNIT)) {
            amount += Townhall.UNIT / 2;
        }
        var body =
                Fields.of("walletId", purse.id)
                        .and("campaignId", Scribe.CAMPAIGN)
                        .and("amount", amount)
                        .and("channel", channel);
        if (no != null) {
            scribe.refused(PURCHASES, body, Map.of(), no);
            return;
        }
        long premium = amount / Townhall.UNIT * Townhall.RATE;
        if (premium + Townhall.RATE <= premiumLeft() && errs(Mistake.PREMIUM_OF_ANOTHER_RATE)) {
            premium += Townhall.RATE;
        }
        scribe.asks("usr_4");
        lapse("usr_4");
        reserve(new Deal(scribe.name("pur"), purse, channel, amount, premium, scribe.now), body);
    }

    private void reserve(Deal deal, Fields body) {
        scribe.fact(
                "purchase.Reserved",
                fields(deal)
                        .and("channel", deal.channel)
                        .and("premiumFund", Fields.of("code", "PREMIUM-2023"))
                        .and("expiresAt", hall.expiry)
                        .and("reservedBy", "usr_4")
                        .and("reservedAt", scribe.now)
                        .and("reservedUntil", deal.until()));
        deals.add(deal);
        scribe.done(
                PURCHASES,
                body,
                Map.of(),
                state(deal)
                        .and("amount", deal.amount)
                        .and("premium", deal.premium)
                        .and("reservedUntil", deal.until()));
        if (random.nextInt(4) > 0) {
            scribe.now = scribe.now.plusMillis(random.nextInt(1_000));
            settle(deal);
        }
    }

    private static Fields fields(Deal deal) {
        return Fields.of("purchaseId", deal.id)
                .and("campaignId", Scribe.CAMPAIGN)
                .and("walletId", deal.purse.id)
                .and("amount", deal.amount)
                .and("premium", deal.premium);
    }

    private static Fields state(Deal deal) {
        return Fields.of("purchaseId", deal.id).and("state", deal.state);
    }

    /** Somebody comes back to a purchase that was only reserved, or was not paid in time. */
    void settleOne() {
        deals.stream()
                .filter(d -> d.isOpen() || d.state.equals("LAPSED"))
                .skip(random.nextInt(2))
                .findFirst()
                .ifPresent(this::settle);
    }

    private void settle(Deal deal) {
        boolean live = deal.isLive(scribe.now);
        boolean late = deal.isOpen() && !live;
        boolean cancels =
                live
                        ? random.nextInt(6) == 0
                        : late && errs(Mistake.RESERVATION_CANCELLED_TOO_LATE);
        if (cancels) {
            cancel(deal);
        } else if (live && errs(Mistake.MONEY_TO_RETURN_OF_A_LIVE_RESERVATION)) {
            scribe.asks("usr_4");
            owe(deal);
        } else if (live || (late && errs(Mistake.ISSUED_TOO_LATE))) {
            issue(deal);
        } else if (deal.channel.equals("COUNTER")) {
            scribe.refused(
                    PURCHASES + "/" + deal.id + "/paid",
                    Fields.of("paymentReference", "r"),
                    Map.of(),
                    Fields.problem("reservation-lapsed").and("lapsedAt", deal.until()));
        } else {
            scribe.asks("usr_4");
            if (deal.isOpen()) {
                lapse(deal);
            }
            owe(deal);
        }
    }

    private void cancel(Deal deal) {
        scribe.asks("usr_4");
        scribe.fact(
                "purchase.ReservationCancelled",
                fields(deal).and("cancelledBy", "usr_4").and("cancelledAt", scribe.now));
        deal.state = "CANCELLED";
        scribe.done(PURCHASES + "/" + deal.id + "/cancel", null, Map.of(), state(deal));
    }

    private String receiving(Deal deal) {
        return deal.channel.equals("COUNTER") ? "1010" : "1020";
    }

    private String reference() {
        if (lastReference.isEmpty() || !errs(Mistake.REFERENCE_USED_TWICE)) {
            lastReference = scribe.name("ref");
        }
        return lastReference;
    }

    /** A provider has the money, and nothing can be issued for it. */
    private void owe(Deal deal) {
        String task = scribe.name("tsk");
        String reference = reference();
        long amount = deal.amount + (errs(Mistake.MONEY_TO_RETURN_OF_ANOTHER_AMOUNT) ? 1 : 0);
        scribe.fact(
                "purchase.MoneyToReturn",
                Fields.of("purchaseId", deal.id)
                        .and("campaignId", Scribe.CAMPAIGN)
                        .and("taskId", task)
                        .and("channel", deal.channel)
                        .and("paymentReference", reference)
                        .and("amount", amount)
                        .and("receivedAt", scribe.now));
        scribe.post(receiving(deal), "2010", amount, scribe.now, "CITIZENS");
        scribe.row(Table.MONEY_RETURN, task, deal.id, reference, amount, scribe.now);
        scribe.done(
                PURCHASES + "/" + deal.id + "/paid",
                Fields.of("paymentReference", "r"),
                Map.of(),
                Fields.of("purchaseId", deal.id)
                        .and("state", "MONEY_TO_RETURN")
                        .and("taskId", task));
    }

    private void issue(Deal deal) {
        long more = errs(Mistake.LOT_OF_ONE_MORE) ? 1 : 0;
        Instant end = hall.expiry.plusSeconds(errs(Mistake.LOT_THAT_LASTS_LONGER) ? 1 : 0);
        var vouchers =
                List.of(
                        new Voucher(scribe.name("lot"), "PURCHASED", deal.amount, scribe.now, end),
                        new Voucher(
                                scribe.name("lot"),
                                "PREMIUM",
                                deal.premium + more,
                                scribe.now,
                                hall.expiry));
        var lots = vouchers.stream().map(Counter::lot).toList();
        deal.reference = reference();
        deal.lots = Fields.doc(lots);
        deal.state = "ISSUED";
        scribe.asks("usr_4");
        scribe.fact(
                "purchase.VoucherIssued",
                fields(deal)
                        .and("channel", deal.channel)
                        .and("paymentReference", deal.reference)
                        .and("lots", lots)
                        .and("issuedAt", scribe.now));
        for (Voucher v : vouchers) {
            deal.purse.vouchers.add(v);
            scribe.post(v.bought() ? receiving(deal) : "5010", v.account(), v.face, scribe.now, v);
        }
        scribe.entry(
                deal.purse,
                "ISSUED",
                scribe.now,
                deal.amount + deal.premium,
                vouchers.stream().map(v -> Scribe.part(v, v.face)).toList(),
                null,
                deal.id);
        deal.purse.bought += deal.amount;
        premiumIssued += deal.premium;
        scribe.done(
                PURCHASES + "/" + deal.id + "/paid",
                Fields.of("paymentReference", "r"),
                Map.of(),
                state(deal)
                        .and("amount", deal.amount)
                        .and("premium", deal.premium)
                        .and("lots", lots));
    }

    private static Fields lot(Voucher v) {
        return Fields.of("lotId", v.id)
                .and("kind", v.kind)
                .and("scope", v.scope())
                .and("fund", Fields.of("code", v.fund()))
                .and("face", v.face)
                .and("issuedAt", v.issuedAt)
                .and("expiresAt", v.expiresAt)
                .and("campaignId", Scribe.CAMPAIGN);
    }

    /** Writes down which reservations nobody has paid in time. */
    void lapse(String by) {
        for (Deal deal : deals) {
            boolean over = deal.isOpen() && !deal.isLive(scribe.now);
            boolean clock = by.equals("clock");
            if (over || (clock && deal.isOpen() && errs(Mistake.RESERVATION_LAPSED_TOO_EARLY))) {
                if (clock) {
                    scribe.asks(by);
                }
                lapse(deal);
            }
        }
    }

    private void lapse(Deal deal) {
        int off = errs(Mistake.RESERVATION_LAPSED_AT_ANOTHER_INSTANT) ? 1 : 0;
        scribe.fact(
                "purchase.ReservationLapsed",
                fields(deal)
                        .and("lapsedAt", deal.until().plusSeconds(off))
                        .and("recordedAt", scribe.now));
        deal.state = "LAPSED";
    }
}
