package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import jp.hashimo.loadtest.check.Exchange.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A made-up town with a short history that is as it should be: its log, its tables and what its
 * clients were told. It is written a third time, by hand and for three wallets, so that it shares
 * no mistake with the checkers.
 */
final class SmallTown implements Source {
    private static final Instant OPENING = Instant.parse("2023-10-02T00:00:00Z");
    private static final Instant EXPIRY = Instant.parse("2023-10-02T01:00:00Z");
    private static final long CAP = 10_000;

    final List<Fact> facts = new ArrayList<>();
    final List<Exchange> exchanges = new ArrayList<>();
    final Map<String, Long> projections = new HashMap<>();
    final Map<Table, List<List<@Nullable Object>>> tables = new HashMap<>();

    private final Random random;
    private final List<Purse> purses = new ArrayList<>();
    private final List<Bill> bills = new ArrayList<>();
    private final Map<String, Long> bought = new HashMap<>();
    private final long from;
    private Instant now = OPENING;
    private long nanos = 1_000;
    private int names;
    private long premiumIssued;
    private String request = "";
    private String actor = "";
    private long debits;

    private static final class Purse {
        final String id;
        final List<Voucher> vouchers = new ArrayList<>();
        final List<Bill> called = new ArrayList<>();

        Purse(String id) {
            this.id = id;
        }
    }

    private static final class Voucher {
        final String id;
        final String kind;
        final long face;
        final Instant issuedAt;
        long free;
        long held;

        Voucher(String id, String kind, long face, Instant issuedAt) {
            this.id = id;
            this.kind = kind;
            this.face = face;
            this.issuedAt = issuedAt;
            free = face;
        }

        boolean bought() {
            return kind.equals("PURCHASED");
        }

        String fund() {
            return bought() ? "CITIZENS" : "PREMIUM-2023";
        }

        String account() {
            return bought() ? "2110" : "2120";
        }
    }

    private static final class Bill {
        final String id;
        final Purse purse;
        final String shop;
        final long amount;
        final Map<Voucher, Long> draws = new LinkedHashMap<>();
        final Instant proposedAt;
        boolean warned;
        String state = "PROPOSED";
        @Nullable Instant closedAt;

        Bill(String id, Purse purse, String shop, long amount, Instant proposedAt) {
            this.id = id;
            this.purse = purse;
            this.shop = shop;
            this.amount = amount;
            this.proposedAt = proposedAt;
        }

        Instant end() {
            return proposedAt.plusSeconds(180);
        }

        String storeClass() {
            return shop.equals("mer_local") ? "LOCAL" : "COMMON";
        }
    }

    SmallTown(long seed) {
        random = new Random(seed);
        for (Table table :
                List.of(
                        Table.POSTING,
                        Table.ENTRY,
                        Table.WALLET,
                        Table.LOT,
                        Table.HOLD,
                        Table.PAYMENT,
                        Table.PURCHASE,
                        Table.CAMPAIGN,
                        Table.MERCHANT,
                        Table.CLASS,
                        Table.APPROVAL,
                        Table.DUE)) {
            tables.put(table, new ArrayList<>());
        }
        found();
        from = facts.size();
        int steps = 10 + random.nextInt(30);
        for (int i = 0; i < steps; i++) {
            step();
        }
        show();
    }

    History history() {
        return new History(from, exchanges);
    }

    // The story.

    private void found() {
        asks("setup");
        fact(
                "campaign.Drafted",
                map(
                        "campaignId",
                        "cmp_1",
                        "terms",
                        map(
                                "name",
                                "券",
                                "fiscalYear",
                                2023,
                                "unit",
                                1000,
                                "premiumPerUnit",
                                300,
                                "capPerPerson",
                                CAP,
                                "premiumBudget",
                                9_000,
                                "saleFrom",
                                OPENING,
                                "saleUntil",
                                EXPIRY,
                                "expiresAt",
                                EXPIRY),
                        "draftedBy",
                        "usr_1",
                        "draftedAt",
                        now));
        asks("setup");
        fact(
                "campaign.Approved",
                map("campaignId", "cmp_1", "approvedBy", "usr_2", "approvedAt", now));
        for (String shop : List.of("mer_local", "mer_common")) {
            asks("setup");
            fact(
                    "merchant.Registered",
                    map(
                            "merchantId",
                            shop,
                            "storeNumber",
                            100 + ++names,
                            "storeClass",
                            shop.equals("mer_local") ? "LOCAL" : "COMMON",
                            "registeredAt",
                            now));
        }
        for (int i = 0; i < 3; i++) {
            asks("setup");
            var purse = new Purse("wal_" + i);
            fact(
                    "wallet.CitizenRegistered",
                    map(
                            "citizenId",
                            "cit_" + i,
                            "walletId",
                            purse.id,
                            "personKeys",
                            List.of("key" + i),
                            "overridden",
                            false,
                            "registeredBy",
                            "usr_3",
                            "registeredAt",
                            now));
            purses.add(purse);
        }
    }

    private void step() {
        now = now.plusMillis(1 + random.nextInt(20_000));
        Purse purse = purses.get(random.nextInt(purses.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> buy(purse);
            case 2, 3, 4 -> pay(purse);
            case 5 -> look(purse);
            case 6 -> bills.stream().filter(this::isOpen).findFirst().ifPresent(this::answer);
            default -> {
                if (random.nextInt(3) == 0) {
                    now = now.plusSeconds(200);
                    runOut(purses, "clock");
                }
                if (now.isAfter(EXPIRY)) {
                    lapse();
                }
            }
        }
    }

    private boolean isOpen(Bill bill) {
        return bill.state.equals("PROPOSED");
    }

    private void buy(Purse purse) {
        long amount = 1000L * (1 + random.nextInt(4));
        String id = "pur_" + ++names;
        String body =
                json(
                        map(
                                "walletId",
                                purse.id,
                                "campaignId",
                                "cmp_1",
                                "amount",
                                amount,
                                "channel",
                                "COUNTER"));
        long had = bought.getOrDefault(purse.id, 0L);
        long premium = amount / 1000 * 300;
        long left = 9_000 - premiumIssued;
        if (!now.isBefore(EXPIRY)) {
            told(
                    "POST /api/v1/purchases",
                    body,
                    Map.of(),
                    Outcome.REFUSED,
                    409,
                    map("type", "/problems/sale-closed", "closedAt", EXPIRY));
            return;
        } else if (had + amount > CAP) {
            told(
                    "POST /api/v1/purchases",
                    body,
                    Map.of(),
                    Outcome.REFUSED,
                    409,
                    map(
                            "type",
                            "/problems/purchase-cap-exceeded",
                            "cap",
                            CAP,
                            "bought",
                            had,
                            "remaining",
                            CAP - had));
            return;
        } else if (premium > left) {
            told(
                    "POST /api/v1/purchases",
                    body,
                    Map.of(),
                    Outcome.REFUSED,
                    409,
                    map("type", "/problems/budget-exhausted", "unitsRemaining", left / 300));
            return;
        }
        Instant until = now.plusSeconds(600);
        asks("usr_4");
        fact(
                "purchase.Reserved",
                map(
                        "purchaseId",
                        id,
                        "campaignId",
                        "cmp_1",
                        "walletId",
                        purse.id,
                        "channel",
                        "COUNTER",
                        "amount",
                        amount,
                        "premium",
                        premium,
                        "premiumFund",
                        map("code", "PREMIUM-2023"),
                        "expiresAt",
                        EXPIRY,
                        "reservedBy",
                        "usr_4",
                        "reservedAt",
                        now,
                        "reservedUntil",
                        until));
        told(
                "POST /api/v1/purchases",
                body,
                Map.of(),
                Outcome.DONE,
                201,
                map(
                        "purchaseId",
                        id,
                        "state",
                        "RESERVED",
                        "amount",
                        amount,
                        "premium",
                        premium,
                        "reservedUntil",
                        until));
        boolean cancel = random.nextInt(6) == 0;
        now = now.plusMillis(random.nextInt(1000));
        asks("usr_4");
        if (cancel) {
            fact(
                    "purchase.ReservationCancelled",
                    map(
                            "purchaseId",
                            id,
                            "campaignId",
                            "cmp_1",
                            "walletId",
                            purse.id,
                            "amount",
                            amount,
                            "premium",
                            premium,
                            "cancelledBy",
                            "usr_4",
                            "cancelledAt",
                            now));
            told(
                    "POST /api/v1/purchases/" + id + "/cancel",
                    null,
                    Map.of(),
                    Outcome.DONE,
                    200,
                    map("purchaseId", id, "state", "CANCELLED"));
        } else {
            var vouchers =
                    List.of(
                            new Voucher("lot_" + ++names, "PURCHASED", amount, now),
                            new Voucher("lot_" + ++names, "PREMIUM", premium, now));
            issue(purse, id, amount, premium, vouchers);
        }
        row(
                Table.PURCHASE,
                id,
                "cmp_1",
                purse.id,
                "COUNTER",
                amount,
                premium,
                cancel ? "CANCELLED" : "ISSUED",
                until);
    }

    private void issue(Purse purse, String id, long amount, long premium, List<Voucher> vouchers) {
        var lots =
                vouchers.stream()
                        .map(v ->
                                map(
                                        "lotId",
                                        v.id,
                                        "kind",
                                        v.kind,
                                        "scope",
                                        v.bought() ? "ALL" : "LOCAL",
                                        "fund",
                                        map("code", v.fund()),
                                        "face",
                                        v.face,
                                        "issuedAt",
                                        now,
                                        "expiresAt",
                                        EXPIRY,
                                        "campaignId",
                                        "cmp_1"))
                        .toList();
        fact(
                "purchase.VoucherIssued",
                map(
                        "purchaseId",
                        id,
                        "campaignId",
                        "cmp_1",
                        "walletId",
                        purse.id,
                        "channel",
                        "COUNTER",
                        "paymentReference",
                        "ref" + ++names,
                        "amount",
                        amount,
                        "premium",
                        premium,
                        "lots",
                        lots,
                        "issuedAt",
                        now));
        for (Voucher v : vouchers) {
            purse.vouchers.add(v);
            post(v.bought() ? "1010" : "5010", v.account(), v.face, now, v);
        }
        entry(
                purse,
                "ISSUED",
                now,
                amount + premium,
                vouchers.stream().map(v -> map("lotId", v.id, "amount", v.face)).toList(),
                null,
                id);
        bought.merge(purse.id, amount, Long::sum);
        premiumIssued += premium;
        told(
                "POST /api/v1/purchases/" + id + "/paid",
                "{\"paymentReference\":\"r\"}",
                Map.of(),
                Outcome.DONE,
                200,
                map(
                        "purchaseId",
                        id,
                        "state",
                        "ISSUED",
                        "amount",
                        amount,
                        "premium",
                        premium,
                        "lots",
                        lots));
    }

    private void pay(Purse purse) {
        String shop = random.nextBoolean() ? "mer_local" : "mer_common";
        long amount = 1L + random.nextInt(random.nextInt(4) == 0 ? 6000 : 500);
        var bill = new Bill("pay_" + ++names, purse, shop, amount, now);
        String body = json(map("mode", "USER_SCAN", "code", "c", "amount", amount));
        var about = Map.of("walletId", purse.id, "merchantId", shop);
        long usable = 0;
        long elsewhere = 0;
        List<Voucher> order = new ArrayList<>();
        // By hand: all expire together, so premium before purchased, the older first.
        for (String kind : List.of("PREMIUM", "PURCHASED")) {
            for (Voucher v : purse.vouchers) {
                boolean open = v.kind.equals(kind) && now.isBefore(EXPIRY);
                long free = v.free + overdue(v);
                if (open && (shop.equals("mer_local") || v.bought())) {
                    usable += free;
                    order.add(v);
                } else if (open) {
                    elsewhere += free;
                }
            }
        }
        if (amount > usable) {
            told(
                    "POST /api/v1/payments",
                    body,
                    about,
                    Outcome.REFUSED,
                    409,
                    map(
                            "type",
                            "/problems/insufficient-points",
                            "usable",
                            usable,
                            "amount",
                            amount,
                            "notUsableHere",
                            elsewhere));
            return;
        }
        asks(purse.id);
        runOut(List.of(purse), purse.id);
        long missing = amount;
        for (Voucher v : order) {
            long taken = Math.min(missing, v.free);
            if (taken > 0) {
                bill.draws.put(v, taken);
                missing -= taken;
            }
        }
        // Written out: whoever paid the same here in the last five minutes is asked.
        int looked = 0;
        for (Bill before : purse.called.reversed()) {
            if (!before.state.equals("EXPIRED")
                    && !before.state.equals("DECLINED")
                    && looked++ < 8) {
                bill.warned |=
                        before.shop.equals(shop)
                                && before.amount == amount
                                && now.isBefore(before.proposedAt.plusSeconds(300));
            }
        }
        fact(
                "payment.Proposed",
                map(
                        "paymentId",
                        bill.id,
                        "walletId",
                        purse.id,
                        "merchantId",
                        shop,
                        "storeClass",
                        bill.storeClass(),
                        "mode",
                        "USER_SCAN",
                        "amount",
                        amount,
                        "draws",
                        draws(bill),
                        "order",
                        map("name", "n", "version", 1),
                        "duplicateWarning",
                        bill.warned,
                        "proposedAt",
                        now,
                        "expiresAt",
                        bill.end()));
        bill.draws.forEach((v, part) -> {
            v.free -= part;
            v.held += part;
            post(v.account(), "2140", part, now, v);
        });
        entry(purse, "PROPOSED", now, amount, parts(bill), bill.id, null);
        purse.called.add(bill);
        bills.add(bill);
        told(
                "POST /api/v1/payments",
                body,
                about,
                Outcome.DONE,
                201,
                map(
                        "paymentId",
                        bill.id,
                        "state",
                        "PROPOSED",
                        "amount",
                        amount,
                        "merchantId",
                        shop,
                        "storeClass",
                        bill.storeClass(),
                        "lots",
                        parts(bill),
                        "awaiting",
                        "STORE",
                        "expiresAt",
                        bill.end(),
                        "duplicateWarning",
                        bill.warned));
        if (random.nextInt(4) > 0) {
            now = now.plusMillis(random.nextInt(5000));
            answer(bill);
        }
    }

    private long overdue(Voucher v) {
        return bills.stream()
                .filter(b -> isOpen(b) && !now.isBefore(b.end()))
                .mapToLong(b -> b.draws.getOrDefault(v, 0L))
                .sum();
    }

    private void answer(Bill bill) {
        boolean yes = random.nextInt(5) > 0;
        String path = "POST /api/v1/payments/" + bill.id + (yes ? "/confirm" : "/decline");
        if (!now.isBefore(bill.end())) {
            told(
                    path,
                    "{}",
                    Map.of(),
                    Outcome.REFUSED,
                    409,
                    map("type", "/problems/payment-expired", "expiredAt", bill.end()));
            return;
        }
        asks("usr_5");
        if (yes) {
            fact(
                    "payment.Captured",
                    map(
                            "paymentId",
                            bill.id,
                            "walletId",
                            bill.purse.id,
                            "merchantId",
                            bill.shop,
                            "amount",
                            bill.amount,
                            "draws",
                            draws(bill),
                            "capturedAt",
                            now));
            bill.draws.forEach((v, part) -> {
                v.held -= part;
                post("2140", "2210", part, now, v);
            });
            entry(bill.purse, "PAID", now, bill.amount, parts(bill), bill.id, null);
            bill.state = "CAPTURED";
        } else {
            free(bill, "DECLINED", now, "declinedAt");
        }
        bill.closedAt = now;
        told(
                path,
                "{}",
                Map.of(),
                Outcome.DONE,
                200,
                map(
                        "paymentId",
                        bill.id,
                        "state",
                        bill.state,
                        "amount",
                        bill.amount,
                        "merchantId",
                        bill.shop,
                        "lots",
                        parts(bill),
                        "closedAt",
                        now));
        if (random.nextInt(5) == 0) {
            told(
                    path,
                    "{}",
                    Map.of(),
                    Outcome.REFUSED,
                    409,
                    map("type", "/problems/payment-not-proposed", "state", bill.state));
        }
    }

    private void free(Bill bill, String state, Instant at, String field) {
        boolean over = !now.isBefore(EXPIRY);
        var d =
                map(
                        "paymentId",
                        bill.id,
                        "walletId",
                        bill.purse.id,
                        "merchantId",
                        bill.shop,
                        "draws",
                        draws(bill),
                        "lapsed",
                        over ? draws(bill) : List.of(),
                        field,
                        at);
        d.put(
                state.equals("EXPIRED") ? "recordedAt" : "declinedBy",
                state.equals("EXPIRED") ? now.toString() : "STORE");
        fact("payment." + (state.equals("EXPIRED") ? "Expired" : "Declined"), d);
        bill.draws.forEach((v, part) -> {
            v.held -= part;
            v.free += over ? 0 : part;
            post("2140", v.account(), part, at, v);
        });
        entry(bill.purse, state, at, bill.amount, parts(bill), bill.id, null);
        if (over) {
            bill.draws.forEach((v, part) ->
                    post(v.account(), "4010", part, EXPIRY.isAfter(at) ? EXPIRY : at, v));
            entry(bill.purse, "LAPSED", at, bill.amount, parts(bill), bill.id, null);
        }
        bill.state = state;
    }

    private void runOut(List<Purse> of, String by) {
        for (Bill bill : bills) {
            if (isOpen(bill) && of.contains(bill.purse) && !now.isBefore(bill.end())) {
                if (by.equals("clock")) {
                    asks("clock");
                }
                free(bill, "EXPIRED", bill.end(), "expiredAt");
                bill.closedAt = bill.end();
            }
        }
    }

    private void lapse() {
        for (Purse purse : purses) {
            asks("clock");
            for (Voucher v : purse.vouchers) {
                if (v.free > 0) {
                    long gone = v.free;
                    var lapsed = draw(v, gone);
                    fact(
                            "wallet.LotLapsed",
                            map("walletId", purse.id, "lapsed", lapsed, "recordedAt", now));
                    v.free = 0;
                    post(v.account(), "4010", gone, EXPIRY, v);
                    entry(
                            purse,
                            "LAPSED",
                            EXPIRY,
                            gone,
                            List.of(map("lotId", v.id, "amount", gone)),
                            null,
                            null);
                }
            }
        }
    }

    /** A wallet, or a payment, or the books, at the head of the log. */
    private void look(Purse purse) {
        if (random.nextInt(3) == 0) {
            told(
                    "GET /api/v1/books/trial-balance",
                    null,
                    Map.of(),
                    Outcome.DONE,
                    200,
                    map("totalDebit", debits, "totalCredit", debits, "difference", 0));
            return;
        }
        long free = 0;
        long held = 0;
        var lots = new ArrayList<Map<String, Object>>();
        for (String kind : List.of("PREMIUM", "PURCHASED")) {
            for (Voucher v : purse.vouchers) {
                if (v.kind.equals(kind)) {
                    long live = v.held - overdue(v);
                    long open = now.isBefore(EXPIRY) ? v.free + overdue(v) : 0;
                    free += open;
                    held += live;
                    if (open + live > 0) {
                        lots.add(map("lotId", v.id, "remaining", open + live, "held", live));
                    }
                }
            }
        }
        lots.sort((a, b) -> {
            boolean first = premium(a);
            return first == premium(b)
                    ? String.valueOf(a.get("lotId")).compareTo(String.valueOf(b.get("lotId")))
                    : first ? -1 : 1;
        });
        told(
                "GET /api/v1/wallets/" + purse.id,
                null,
                Map.of(),
                Outcome.DONE,
                200,
                map(
                        "walletId",
                        purse.id,
                        "total",
                        free + held,
                        "available",
                        free,
                        "held",
                        held,
                        "lots",
                        lots));
    }

    private boolean premium(Map<String, Object> lot) {
        return purses.stream()
                .flatMap(p -> p.vouchers.stream())
                .anyMatch(v -> v.id.equals(lot.get("lotId")) && !v.bought());
    }

    // How it is written down.

    private void asks(String who) {
        request = "req" + ++names;
        actor = who;
    }

    private void fact(String type, Map<String, Object> payload) {
        facts.add(
                new Fact(
                        facts.size() + 1,
                        now,
                        new UUID(random.nextLong(), random.nextLong()).toString(),
                        type,
                        Doc.ofText(json(payload)),
                        request,
                        actor));
    }

    private void told(
            String what,
            @Nullable String body,
            Map<String, String> about,
            Outcome outcome,
            int status,
            Map<String, Object> answer) {
        long sent = nanos += 1 + random.nextInt(50);
        long answered = nanos += 1 + random.nextInt(50);
        exchanges.add(
                new Exchange(
                        random.nextInt(3),
                        what,
                        body,
                        about,
                        "key" + ++names,
                        sent,
                        answered,
                        what.startsWith("GET ") ? facts.size() : 0,
                        outcome,
                        status,
                        facts.size(),
                        json(answer)));
    }

    private void post(String debit, String credit, long amount, Instant at, Voucher v) {
        row(Table.POSTING, (long) facts.size(), debit, credit, amount, at, v.fund(), "cmp_1", null);
        debits += amount;
    }

    private void entry(
            Purse purse,
            String type,
            Instant at,
            long amount,
            List<Map<String, Object>> lots,
            @Nullable String bill,
            @Nullable String purchase) {
        row(
                Table.ENTRY,
                (long) facts.size(),
                purse.id,
                at,
                type,
                amount,
                json(lots),
                bill,
                purchase);
    }

    private static List<Map<String, Object>> draws(Bill bill) {
        return bill.draws.entrySet().stream().map(d -> draw(d.getKey(), d.getValue())).toList();
    }

    private static Map<String, Object> draw(Voucher v, long amount) {
        return map(
                "lotId",
                v.id,
                "amount",
                amount,
                "kind",
                v.kind,
                "fund",
                map("code", v.fund()),
                "expiresAt",
                EXPIRY,
                "campaignId",
                "cmp_1");
    }

    private static List<Map<String, Object>> parts(Bill bill) {
        return bill.draws.entrySet().stream()
                .map(d -> map("lotId", d.getKey().id, "amount", d.getValue()))
                .toList();
    }

    /** The tables at the end, all of them at the head of the log. */
    private void show() {
        for (String name :
                List.of(
                        "wallet",
                        "payment",
                        "campaign",
                        "merchant",
                        "approval",
                        "journal",
                        "due")) {
            projections.put(name, (long) facts.size());
        }
        row(Table.CAMPAIGN, "cmp_1", "usr_1", true, false, 9_000L, premiumIssued);
        for (String shop : List.of("mer_local", "mer_common")) {
            row(Table.MERCHANT, shop, false);
            row(Table.CLASS, shop, OPENING, shop.equals("mer_local") ? "LOCAL" : "COMMON");
        }
        for (Purse purse : purses) {
            row(Table.WALLET, purse.id, "cit_" + purse.id.substring(4));
            for (Voucher v : purse.vouchers) {
                row(
                        Table.LOT,
                        v.id,
                        purse.id,
                        v.kind,
                        v.bought() ? "ALL" : "LOCAL",
                        v.fund(),
                        v.face,
                        v.free + v.held,
                        v.issuedAt,
                        EXPIRY,
                        "cmp_1",
                        null);
            }
        }
        for (Bill b : bills) {
            row(
                    Table.PAYMENT,
                    b.id,
                    b.purse.id,
                    b.shop,
                    b.storeClass(),
                    "USER_SCAN",
                    b.amount,
                    b.warned,
                    b.proposedAt,
                    b.end(),
                    b.state,
                    b.closedAt);
            if (isOpen(b)) {
                row(Table.DUE, "HOLD", b.id);
                b.draws.forEach((v, part) ->
                        row(
                                Table.HOLD,
                                b.id,
                                v.id,
                                b.purse.id,
                                b.shop,
                                part,
                                b.proposedAt,
                                b.end()));
            }
        }
    }

    private void row(Table table, @Nullable Object... values) {
        rowsOf(table).add(Arrays.asList(values));
    }

    List<List<@Nullable Object>> rowsOf(Table table) {
        return tables.computeIfAbsent(table, _ -> new ArrayList<>());
    }

    static Map<String, Object> map(Object... fields) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            Object value = fields[i + 1];
            map.put((String) fields[i], value instanceof Instant at ? at.toString() : value);
        }
        return map;
    }

    private static String json(Object value) {
        return Doc.JSON.writeValueAsString(value);
    }

    // As a source.

    @Override
    public Iterator<Fact> facts() {
        return facts.iterator();
    }

    @Override
    public Map<String, Long> projections() {
        return projections;
    }

    @Override
    public Iterator<List<@Nullable Object>> rows(Table table) {
        return rowsOf(table).iterator();
    }
}
