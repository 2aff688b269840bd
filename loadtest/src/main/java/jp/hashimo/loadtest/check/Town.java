package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the model knows after the facts so far, by their names; plain, and mutable. */
final class Town {
    final Map<String, Wallet> wallets = new HashMap<>();
    final Map<String, Payment> payments = new HashMap<>();
    final Map<String, Purchase> purchases = new HashMap<>();
    final Map<String, Campaign> campaigns = new HashMap<>();
    final Map<String, Merchant> merchants = new HashMap<>();
    final Approvals approvals = new Approvals();
    final Map<String, Lot> lots = new HashMap<>();

    /** By the task of the staff. */
    final Map<String, Doc> moneyToReturn = new HashMap<>();

    /** What has to be there if the log makes sense. */
    static <T> T known(Map<String, T> all, String id) {
        @Nullable T found = all.get(id);
        if (found == null) {
            throw new IllegalArgumentException("there is no " + id);
        }
        return found;
    }

    Campaign campaign(Doc d) {
        return known(campaigns, d.text("campaignId"));
    }

    Merchant merchant(Doc d) {
        return known(merchants, d.text("merchantId"));
    }

    static final class Lot {
        /** The fund of what was bought. */
        static final String CITIZENS = "CITIZENS";

        final String id;
        final String kind;
        final String scope;
        final String fund;
        final @Nullable String campaign;
        final @Nullable String programme;
        final long face;
        final Instant issuedAt;
        final Instant expiresAt;
        long remaining;

        Lot(Doc doc) {
            id = doc.text("lotId");
            kind = doc.text("kind");
            scope = doc.text("scope");
            fund = doc.doc("fund").text("code");
            campaign = doc.textOrNull("campaignId");
            programme = doc.textOrNull("programmeId");
            face = doc.number("face");
            issuedAt = doc.instant("issuedAt");
            expiresAt = doc.instant("expiresAt");
            remaining = face;
        }

        boolean hasEndedAt(Instant now) {
            return !now.isBefore(expiresAt);
        }
    }

    /** So much of a lot. */
    record Part(Lot lot, long amount) {
        static long sum(List<Part> parts) {
            return parts.stream().mapToLong(Part::amount).sum();
        }

        static List<Part> ended(List<Part> parts, Instant now) {
            return parts.stream().filter(part -> part.lot.hasEndedAt(now)).toList();
        }

        @Override
        public String toString() {
            return lot.id + " " + amount;
        }
    }

    static final class Wallet {
        final String id;
        final String citizen;
        final Instant registeredAt;
        final List<Lot> lots = new ArrayList<>();

        /** Those of which something remains. */
        final List<Lot> live = new ArrayList<>();

        final Map<String, Payment> holds = new LinkedHashMap<>();

        /** The last eight proposals that were not called off; the latest first. */
        final Deque<Payment> recent = new ArrayDeque<>();

        Wallet(Doc doc) {
            id = doc.text("walletId");
            citizen = doc.text("citizenId");
            registeredAt = doc.instant("registeredAt");
        }

        long held(Lot lot, @Nullable Instant now) {
            long sum = 0;
            for (Payment payment : holds.values()) {
                if (now == null || !payment.isOverAt(now)) {
                    for (Part part : payment.draws) {
                        sum += part.lot == lot ? part.amount : 0;
                    }
                }
            }
            return sum;
        }
    }

    static final class Payment {
        final String id;
        final Wallet wallet;
        final String merchant;
        final @Nullable String register;
        final String storeClass;
        final String mode;
        final long amount;
        final List<Part> draws;
        final String policy;
        final boolean duplicateWarning;
        final Instant proposedAt;
        final Instant expiresAt;
        String state = "PROPOSED";
        @Nullable Instant closedAt;

        Payment(Wallet wallet, List<Part> draws, Doc doc) {
            id = doc.text("paymentId");
            this.wallet = wallet;
            this.draws = draws;
            merchant = doc.text("merchantId").intern();
            register = doc.textOrNull("registerId");
            storeClass = doc.text("storeClass").intern();
            mode = doc.text("mode").intern();
            amount = doc.number("amount");
            policy =
                    (doc.doc("order").text("name") + "/" + doc.doc("order").number("version"))
                            .intern();
            duplicateWarning = doc.flag("duplicateWarning");
            proposedAt = doc.instant("proposedAt");
            expiresAt = doc.instant("expiresAt");
        }

        boolean isOverAt(Instant now) {
            return !now.isBefore(expiresAt);
        }

        String stateAt(Instant now) {
            return state.equals("PROPOSED") && isOverAt(now) ? "EXPIRED" : state;
        }
    }

    static final class Purchase {
        final String id;
        final Campaign campaign;
        final String wallet;
        final String channel;
        final long amount;
        final long premium;
        final String reservedBy;
        final Instant reservedAt;
        final Instant until;
        String state = "RESERVED";
        @Nullable String reference;
        @Nullable Doc lots;

        Purchase(Campaign campaign, Doc doc) {
            id = doc.text("purchaseId");
            this.campaign = campaign;
            wallet = doc.text("walletId");
            channel = doc.text("channel");
            amount = doc.number("amount");
            premium = doc.number("premium");
            reservedBy = doc.text("reservedBy");
            reservedAt = doc.instant("reservedAt");
            until = doc.instant("reservedUntil");
        }

        boolean isLiveAt(Instant now) {
            return state.equals("RESERVED") && now.isBefore(until);
        }
    }

    static final class Campaign {
        final String id;
        final long position;
        final Doc terms;
        final String draftedBy;
        final long unit;
        final long premiumPerUnit;
        final long cap;
        final Instant saleFrom;
        final Instant saleUntil;
        boolean approved;
        boolean suspended;
        long budget;
        long issuedPremium;
        final Map<String, Long> bought = new HashMap<>();
        final Map<String, Purchase> reserved = new LinkedHashMap<>();

        Campaign(long position, Doc doc) {
            this.position = position;
            id = doc.text("campaignId");
            draftedBy = doc.text("draftedBy");
            terms = doc.doc("terms");
            unit = terms.number("unit");
            premiumPerUnit = terms.number("premiumPerUnit");
            cap = terms.number("capPerPerson");
            budget = terms.number("premiumBudget");
            saleFrom = terms.instant("saleFrom");
            saleUntil = terms.instant("saleUntil");
        }

        long committedBy(String wallet, Instant now) {
            return bought.getOrDefault(wallet, 0L)
                    + reserved.values().stream()
                            .filter(p -> p.wallet.equals(wallet) && p.isLiveAt(now))
                            .mapToLong(p -> p.amount)
                            .sum();
        }

        long premiumReserved(Instant now) {
            return reserved.values().stream()
                    .filter(p -> p.isLiveAt(now))
                    .mapToLong(p -> p.premium)
                    .sum();
        }

        long premiumLeft(Instant now) {
            return budget - issuedPremium - premiumReserved(now);
        }
    }

    static final class Merchant {
        final String id;
        final long storeNumber;
        final Instant registeredAt;
        final NavigableMap<Instant, String> classes = new TreeMap<>();
        boolean suspended;

        Merchant(Doc doc) {
            id = doc.text("merchantId");
            storeNumber = doc.number("storeNumber");
            registeredAt = doc.instant("registeredAt");
            classes.put(registeredAt, doc.text("storeClass"));
        }

        String classAt(Instant now) {
            var entry = classes.floorEntry(now);
            return (entry == null ? classes.firstEntry() : entry).getValue();
        }
    }
}
