package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up town with a short history that is as it should be: its log, its tables and what its
 * clients were told. It is written a third time, by hand and for three wallets, so that it shares
 * no mistake with the checkers.
 */
final class SmallTown implements Source {
    final List<Fact> facts = new ArrayList<>();
    final List<Exchange> exchanges = new ArrayList<>();
    final Map<String, Long> projections = new HashMap<>();
    final Map<Table, List<List<@Nullable Object>>> tables = new HashMap<>();

    private final @Nullable Mistake mistake;
    private final long from;
    private boolean made;

    SmallTown(long seed) {
        this(seed, null);
    }

    /** With a mistake, if there is an occasion for it. */
    SmallTown(long seed, @Nullable Mistake mistake) {
        this.mistake = mistake;
        var random = new Random(seed);
        var scribe = new Scribe(this, random);
        var story = new Story(scribe, random);
        story.begin();
        from = facts.size();
        story.goOn();
    }

    /** Whether this is made here; each is made once. */
    boolean makes(Mistake asked) {
        if (asked != mistake || made) {
            return false;
        }
        made = true;
        return true;
    }

    /** Whether there was an occasion for its mistake. */
    boolean hasMadeIt() {
        return made;
    }

    History history() {
        return new History(from, exchanges);
    }

    List<List<@Nullable Object>> rowsOf(Table table) {
        return tables.computeIfAbsent(table, _ -> new ArrayList<>());
    }

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

    // Who and what there is.

    static final class Purse {
        final String id;
        final String citizen;
        final Instant registeredAt;
        final List<Voucher> vouchers = new ArrayList<>();
        final List<Bill> called = new ArrayList<>();
        long bought;

        Purse(int number, Instant registeredAt) {
            id = "wal_" + number;
            citizen = "cit_" + number;
            this.registeredAt = registeredAt;
        }
    }

    static final class Voucher {
        final String id;
        final String kind;
        final long face;
        final Instant issuedAt;
        final Instant expiresAt;
        long free;
        long held;

        Voucher(String id, String kind, long face, Instant issuedAt, Instant expiresAt) {
            this.id = id;
            this.kind = kind;
            this.face = face;
            this.issuedAt = issuedAt;
            this.expiresAt = expiresAt;
            free = face;
        }

        boolean bought() {
            return kind.equals("PURCHASED");
        }

        String scope() {
            return bought() ? "ALL" : "LOCAL";
        }

        String fund() {
            return bought() ? "CITIZENS" : "PREMIUM-2023";
        }

        String account() {
            return bought() ? "2110" : "2120";
        }
    }

    /** A purchase. */
    static final class Deal {
        final String id;
        final Purse purse;
        final String channel;
        final long amount;
        final long premium;
        final Instant reservedAt;
        String state = "RESERVED";
        @Nullable String reference;
        @Nullable Doc lots;

        Deal(String id, Purse purse, String channel, long amount, long premium, Instant at) {
            this.id = id;
            this.purse = purse;
            this.channel = channel;
            this.amount = amount;
            this.premium = premium;
            reservedAt = at;
        }

        boolean isOpen() {
            return state.equals("RESERVED");
        }

        Instant until() {
            return reservedAt.plusSeconds(600);
        }

        boolean isLive(Instant now) {
            return isOpen() && now.isBefore(until());
        }
    }

    /** A payment. */
    static final class Bill {
        final String id;
        final Purse purse;
        final Shop shop;
        final long amount;
        final Map<Voucher, Long> draws = new LinkedHashMap<>();
        final Instant proposedAt;
        String storeClass;
        boolean warned;
        String state = "PROPOSED";
        @Nullable Instant closedAt;

        Bill(String id, Purse purse, Shop shop, long amount, Instant proposedAt) {
            this.id = id;
            this.purse = purse;
            this.shop = shop;
            this.amount = amount;
            this.proposedAt = proposedAt;
            storeClass = shop.storeClass;
        }

        boolean isOpen() {
            return state.equals("PROPOSED");
        }

        Instant end() {
            return proposedAt.plusSeconds(180);
        }

        long part(Voucher v) {
            return draws.getOrDefault(v, 0L);
        }

        boolean isOver(Instant now) {
            return !now.isBefore(end());
        }
    }

    static final class Shop {
        final String id;
        final long number;
        final String storeClass;
        final Instant registeredAt;
        boolean suspended;

        Shop(String id, long number, String storeClass, Instant registeredAt) {
            this.id = id;
            this.number = number;
            this.storeClass = storeClass;
            this.registeredAt = registeredAt;
        }

        boolean takesAll() {
            return storeClass.equals("LOCAL");
        }
    }
}
