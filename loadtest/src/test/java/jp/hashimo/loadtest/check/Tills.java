package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hashimo.loadtest.check.SmallTown.Bill;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Shop;
import jp.hashimo.loadtest.check.SmallTown.Voucher;

/** Where points are spent in a small town, and what becomes of those that are not. */
final class Tills {
    private static final String PAYMENTS = "/api/v1/payments";

    final List<Bill> bills = new ArrayList<>();

    private final Scribe scribe;
    private final Random random;
    private final Townhall hall;

    Tills(Scribe scribe, Random random, Townhall hall) {
        this.scribe = scribe;
        this.random = random;
        this.hall = hall;
    }

    private boolean errs(Mistake mistake) {
        return scribe.town.makes(mistake);
    }

    void pay(Purse purse) {
        Shop shop = hall.shops.get(random.nextInt(hall.shops.size()));
        long amount = 1L + random.nextInt(random.nextInt(4) == 0 ? 6000 : 500);
        Bill like = purse.called.isEmpty() ? null : purse.called.getLast();
        if (like != null && random.nextInt(6) == 0) {
            shop = like.shop;
            amount = like.amount;
        }
        var bill = new Bill(scribe.name("pay"), purse, shop, amount, scribe.now);
        long usable = 0;
        long elsewhere = 0;
        List<Voucher> order = new ArrayList<>();
        List<Voucher> all = new ArrayList<>();
        // By hand: all expire together, so premium before purchased, the older first.
        for (String kind : List.of("PREMIUM", "PURCHASED")) {
            for (Voucher v : purse.vouchers) {
                long free = Math.max(0, v.free + overdue(v));
                if (v.kind.equals(kind) && scribe.now.isBefore(v.expiresAt) && free > 0) {
                    all.add(v);
                    if (shop.takesAll() || v.bought()) {
                        usable += free;
                        order.add(v);
                    } else {
                        elsewhere += free;
                    }
                }
            }
        }
        Fields no = null;
        if (shop.suspended && !(bill.amount <= usable && errs(Mistake.PAID_AT_A_SUSPENDED_STORE))) {
            no = Fields.problem("store-not-accepting");
        } else if (bill.amount > usable
                && !(!order.isEmpty() && errs(Mistake.MORE_TAKEN_THAN_THERE_IS))) {
            no =
                    Fields.problem("insufficient-points")
                            .and("usable", usable)
                            .and("amount", bill.amount)
                            .and("notUsableHere", elsewhere);
        }
        if (no != null) {
            scribe.refused(PAYMENTS, body(bill), about(bill), no);
            return;
        }
        scribe.asks(purse.id);
        endHolds(List.of(purse), purse.id);
        boolean premiumToo =
                all.size() > order.size() && errs(Mistake.PREMIUM_TAKEN_BY_A_COMMON_STORE);
        draw(bill, premiumToo ? all : order);
        propose(bill);
    }

    private static Fields body(Bill bill) {
        return Fields.of("mode", "USER_SCAN").and("code", "c").and("amount", bill.amount);
    }

    private static Map<String, String> about(Bill bill) {
        return Map.of("walletId", bill.purse.id, "merchantId", bill.shop.id);
    }

    private void draw(Bill bill, List<Voucher> order) {
        long missing = bill.amount;
        for (Voucher v : order) {
            long taken = Math.min(missing, v.free);
            if (taken > 0) {
                bill.draws.put(v, taken);
                missing -= taken;
            }
        }
        if (missing > 0) {
            bill.draws.merge(order.getLast(), missing, Long::sum);
        }
        if (bill.draws.size() > 1 && errs(Mistake.TAKEN_IN_ANOTHER_ORDER)) {
            Voucher first = bill.draws.keySet().iterator().next();
            long part = bill.part(first);
            bill.draws.remove(first);
            bill.draws.put(first, part);
        }
        if (errs(Mistake.PAID_IN_ANOTHER_CLASS)) {
            bill.storeClass = bill.shop.takesAll() ? "COMMON" : "LOCAL";
        }
        // Written out: whoever paid the same here in the last five minutes is asked.
        int looked = 0;
        for (Bill before : bill.purse.called.reversed()) {
            if (!before.state.equals("EXPIRED")
                    && !before.state.equals("DECLINED")
                    && looked++ < 8) {
                bill.warned |=
                        before.shop == bill.shop
                                && before.amount == bill.amount
                                && scribe.now.isBefore(before.proposedAt.plusSeconds(300));
            }
        }
        bill.warned &= !(bill.warned && errs(Mistake.NOT_WARNED));
    }

    private void propose(Bill bill) {
        scribe.fact(
                "payment.Proposed",
                fields(bill)
                        .and("storeClass", bill.storeClass)
                        .and("mode", "USER_SCAN")
                        .and("amount", bill.amount)
                        .and("order", Fields.of("name", "n").and("version", 1))
                        .and("duplicateWarning", bill.warned)
                        .and("proposedAt", scribe.now)
                        .and("expiresAt", bill.end()));
        bill.draws.forEach((v, part) -> {
            v.free -= part;
            v.held += part;
            scribe.post(v.account(), "2140", part, scribe.now, v);
        });
        scribe.entry(bill, "PROPOSED", scribe.now);
        bill.purse.called.add(bill);
        bills.add(bill);
        scribe.done(
                PAYMENTS,
                body(bill),
                about(bill),
                state(bill)
                        .and("storeClass", bill.storeClass)
                        .and("awaiting", "STORE")
                        .and("expiresAt", bill.end())
                        .and("duplicateWarning", bill.warned));
        if (random.nextInt(4) > 0) {
            scribe.now = scribe.now.plusMillis(random.nextInt(5000));
            answer(bill);
        }
    }

    private static Fields fields(Bill bill) {
        return Fields.of("paymentId", bill.id)
                .and("walletId", bill.purse.id)
                .and("merchantId", bill.shop.id)
                .and("draws", Scribe.draws(bill));
    }

    private static Fields state(Bill bill) {
        return Fields.of("paymentId", bill.id)
                .and("state", bill.state)
                .and("amount", bill.amount)
                .and("merchantId", bill.shop.id)
                .and("lots", Scribe.parts(bill));
    }

    /** What holds that have ended and are not recorded yet keep of it. */
    long overdue(Voucher v) {
        return bills.stream()
                .filter(b -> b.isOpen() && b.isOver(scribe.now))
                .mapToLong(b -> b.part(v))
                .sum();
    }

    void answerOne() {
        bills.stream().filter(Bill::isOpen).findFirst().ifPresent(this::answer);
    }

    private void answer(Bill bill) {
        boolean yes = random.nextInt(5) > 0;
        String path = PAYMENTS + "/" + bill.id + (yes ? "/confirm" : "/decline");
        var late = yes ? Mistake.CONFIRMED_TOO_LATE : Mistake.DECLINED_TOO_LATE;
        if (bill.isOver(scribe.now) && !errs(late)) {
            var no = Fields.problem("payment-expired").and("expiredAt", bill.end());
            scribe.refused(path, new Fields(), Map.of(), no);
            return;
        }
        scribe.asks("usr_5");
        if (yes) {
            scribe.fact(
                    "payment.Captured",
                    fields(bill).and("amount", bill.amount).and("capturedAt", scribe.now));
            bill.draws.forEach((v, part) -> {
                v.held -= part;
                scribe.post("2140", "2210", part, scribe.now, v);
            });
            scribe.entry(bill, "PAID", scribe.now);
            bill.state = "CAPTURED";
            bill.closedAt = scribe.now;
        } else {
            free(bill, "DECLINED", scribe.now);
        }
        scribe.done(path, new Fields(), Map.of(), state(bill).and("closedAt", scribe.now));
        if (random.nextInt(5) == 0) {
            var no = Fields.problem("payment-not-proposed").and("state", bill.state);
            scribe.refused(path, new Fields(), Map.of(), no);
        }
    }

    private void free(Bill bill, String state, Instant at) {
        var over = bill.draws.keySet().stream().filter(this::hasEnded).toList();
        var lapsed = over.stream().map(v -> Scribe.draw(v, bill.part(v))).toList();
        var payload = fields(bill).and("lapsed", lapsed);
        if (state.equals("EXPIRED")) {
            scribe.fact(
                    "payment.Expired", payload.and("expiredAt", at).and("recordedAt", scribe.now));
        } else {
            scribe.fact(
                    "payment.Declined", payload.and("declinedAt", at).and("declinedBy", "STORE"));
        }
        bill.draws.forEach((v, part) -> {
            v.held -= part;
            v.free += over.contains(v) ? 0 : part;
            scribe.post("2140", v.account(), part, at, v);
        });
        scribe.entry(bill, state, at);
        long sum = 0;
        for (Voucher v : over) {
            long part = bill.part(v);
            scribe.post(v.account(), "4010", part, v.expiresAt.isAfter(at) ? v.expiresAt : at, v);
            sum += part;
        }
        if (sum > 0) {
            var parts = over.stream().map(v -> Scribe.part(v, bill.part(v))).toList();
            scribe.entry(bill.purse, "LAPSED", at, sum, parts, bill.id, null);
        }
        bill.state = state;
        bill.closedAt = at;
    }

    private boolean hasEnded(Voucher v) {
        return !scribe.now.isBefore(v.expiresAt);
    }

    /** Writes down which holds have ended. */
    void endHolds() {
        endHolds(hall.purses, "clock");
    }

    private void endHolds(List<Purse> of, String by) {
        boolean clock = by.equals("clock");
        for (Bill bill : bills) {
            if (bill.isOpen()
                    && of.contains(bill.purse)
                    && (bill.isOver(scribe.now) || (clock && errs(Mistake.HOLD_ENDED_TOO_EARLY)))) {
                if (clock) {
                    scribe.asks(by);
                }
                int off = errs(Mistake.HOLD_ENDED_AT_ANOTHER_INSTANT) ? 1 : 0;
                free(bill, "EXPIRED", bill.end().plusSeconds(off));
            }
        }
    }

    /** Writes down which vouchers have ended. */
    void lapse() {
        for (Purse purse : hall.purses) {
            scribe.asks("clock");
            for (Voucher v : purse.vouchers) {
                boolean free = v.free > 0;
                if (free && (hasEnded(v) || errs(Mistake.LOT_LAPSED_TOO_EARLY))) {
                    long gone = v.free - (v.free > 1 && errs(Mistake.LOT_LAPSED_IN_PART) ? 1 : 0);
                    scribe.fact(
                            "wallet.LotLapsed",
                            Fields.of("walletId", purse.id)
                                    .and("lapsed", Scribe.draw(v, gone))
                                    .and("recordedAt", scribe.now));
                    v.free -= gone;
                    scribe.post(v.account(), "4010", gone, v.expiresAt, v);
                    var part = List.of(Scribe.part(v, gone));
                    scribe.entry(purse, "LAPSED", v.expiresAt, gone, part, null, null);
                }
            }
        }
    }
}
