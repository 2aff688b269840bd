package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import jp.hashimo.loadtest.check.Exchange.Outcome;
import jp.hashimo.loadtest.check.SmallTown.Bill;
import jp.hashimo.loadtest.check.SmallTown.Purse;
import jp.hashimo.loadtest.check.SmallTown.Voucher;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in a small town, and what its clients are told of it. */
final class Scribe {
    static final String CAMPAIGN = "cmp_1";

    final SmallTown town;
    Instant now = Instant.parse("2023-10-02T00:00:00Z");

    /** Debit and credit of each account. */
    final Map<String, long[]> sides = new TreeMap<>();

    private final Random random;
    private long nanos = 1_000;
    private int names;
    private String request = "";
    private String actor = "";

    Scribe(SmallTown town, Random random) {
        this.town = town;
        this.random = random;
    }

    String name(String kind) {
        return kind + "_" + ++names;
    }

    /** A request of somebody begins; the facts that follow are of it. */
    void asks(String who) {
        request = name("req");
        actor = who;
    }

    void fact(String type, Fields payload) {
        town.facts.add(
                new Fact(
                        town.facts.size() + 1,
                        now,
                        new UUID(random.nextLong(), random.nextLong()).toString(),
                        type,
                        Fields.doc(payload),
                        request,
                        actor));
    }

    void done(String path, @Nullable Fields body, Map<String, String> about, Fields answer) {
        told("POST " + path, body, about, Outcome.DONE, 200, answer);
    }

    void refused(String path, @Nullable Fields body, Map<String, String> about, Fields problem) {
        told("POST " + path, body, about, Outcome.REFUSED, 409, problem);
    }

    void read(String path, Fields answer) {
        told("GET " + path, null, Map.of(), Outcome.DONE, 200, answer);
    }

    private void told(
            String what,
            @Nullable Fields body,
            Map<String, String> about,
            Outcome outcome,
            int status,
            Fields answer) {
        boolean read = what.startsWith("GET ");
        long sent = nanos += 1 + random.nextInt(50);
        long answered = nanos += 1 + random.nextInt(50);
        town.exchanges.add(
                new Exchange(
                        random.nextInt(3),
                        what,
                        body == null ? null : body.json(),
                        about,
                        read ? "" : name("key"),
                        sent,
                        answered,
                        read ? town.facts.size() : 0,
                        outcome,
                        status,
                        town.facts.size(),
                        answer.json()));
    }

    void post(String debit, String credit, long amount, Instant at, Voucher v) {
        post(debit, credit, amount, at, v.fund());
    }

    void post(String debit, String credit, long amount, Instant at, String fund) {
        long position = town.facts.size();
        row(Table.POSTING, position, debit, credit, amount, at, fund, CAMPAIGN, null);
        sides.computeIfAbsent(debit, _ -> new long[2])[0] += amount;
        sides.computeIfAbsent(credit, _ -> new long[2])[1] += amount;
    }

    void entry(Bill bill, String type, Instant at) {
        entry(bill.purse, type, at, bill.amount, parts(bill), bill.id, null);
    }

    void entry(
            Purse purse,
            String type,
            Instant at,
            long amount,
            List<Fields> lots,
            @Nullable String bill,
            @Nullable String purchase) {
        long position = town.facts.size();
        row(Table.ENTRY, position, purse.id, at, type, amount, Fields.doc(lots), bill, purchase);
    }

    void row(Table table, @Nullable Object... values) {
        town.rowsOf(table).add(Arrays.asList(values));
    }

    static List<Fields> draws(Bill bill) {
        return bill.draws.entrySet().stream().map(d -> draw(d.getKey(), d.getValue())).toList();
    }

    static Fields draw(Voucher v, long amount) {
        return part(v, amount)
                .and("kind", v.kind)
                .and("fund", Fields.of("code", v.fund()))
                .and("expiresAt", v.expiresAt)
                .and("campaignId", CAMPAIGN);
    }

    static List<Fields> parts(Bill bill) {
        return bill.draws.entrySet().stream().map(d -> part(d.getKey(), d.getValue())).toList();
    }

    static Fields part(Voucher v, long amount) {
        return Fields.of("lotId", v.id).and("amount", amount);
    }
}
