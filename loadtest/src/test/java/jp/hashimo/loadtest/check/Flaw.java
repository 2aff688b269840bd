package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jp.hashimo.loadtest.check.Exchange.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One thing that is not as it should be. */
enum Flaw {
    FACT_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            town.facts.remove(random.nextInt(town.facts.size() - 1));
            return true;
        }
    },
    LAST_FACT_LOST {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            town.facts.removeLast();
            return true;
        }
    },
    LAST_FACT_LOST_AND_EVERY_TRACE_OF_IT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            // Only what was acknowledged can be missed.
            long last = town.facts.getLast().position();
            town.facts.removeLast();
            town.projections.replaceAll((_, _) -> 0L);
            town.tables.values().forEach(List::clear);
            return town.exchanges.stream()
                    .anyMatch(e -> e.position() == last && e.outcome() == Outcome.DONE);
        }
    },
    FACT_TWICE_UNDER_ITS_REQUEST {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Fact f = pick(town.facts, _ -> true, random);
            if (f == null || f.equals(town.facts.getLast())) {
                return false;
            }
            append(town, f, f.request());
            return true;
        }
    },
    CAPTURE_TWICE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Fact f = pick(town.facts, each -> each.type().equals("payment.Captured"), random);
            if (f == null) {
                return false;
            }
            append(town, f, "another");
            return true;
        }
    },
    ID_TWICE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Fact f = town.facts.getLast();
            replace(
                    town,
                    f,
                    new Fact(
                            f.position(),
                            f.at(),
                            town.facts.getFirst().id(),
                            f.type(),
                            f.payload(),
                            f.request(),
                            f.actor()));
            return true;
        }
    },
    STAMPED_TOO_EARLY {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Fact f = town.facts.getLast();
            replace(
                    town,
                    f,
                    new Fact(
                            f.position(),
                            Instant.EPOCH,
                            f.id(),
                            f.type(),
                            f.payload(),
                            f.request(),
                            f.actor()));
            return true;
        }
    },
    TWO_FACTS_EXCHANGED {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            int i = 4 + random.nextInt(town.facts.size() - 5);
            Fact a = town.facts.get(i);
            Fact b = town.facts.get(i + 1);
            if (a.type().startsWith("wallet.Cit") && b.type().startsWith("wallet.Cit")) {
                return false;
            }
            town.facts.set(i, moved(b, a.position(), a.at()));
            town.facts.set(i + 1, moved(a, b.position(), b.at()));
            return true;
        }
    },
    DRAW_OF_ONE_MORE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town,
                    "payment.Proposed",
                    random,
                    payload -> bump((ObjectNode) payload.path("draws").path(0), "amount", 1));
        }
    },
    OTHER_AMOUNT_CAPTURED {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(town, "payment.Captured", random, payload -> bump(payload, "amount", -1));
        }
    },
    CAPTURED_TOO_LATE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town,
                    "payment.Captured",
                    random,
                    payload -> payload.put("capturedAt", "2023-10-03T00:00:00Z"));
        }
    },
    HOLD_ENDED_TOO_EARLY {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town,
                    "payment.Expired",
                    random,
                    payload -> payload.put("recordedAt", "2023-10-02T00:00:00Z"));
        }
    },
    SPENT_IN_ANOTHER_ORDER {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Fact f =
                    pick(
                            town.facts,
                            each ->
                                    each.type().equals("payment.Proposed")
                                            && each.payload().list("draws").size() > 1,
                            random);
            if (f == null) {
                return false;
            }
            var draws = (ArrayNode) f.payload().node().path("draws");
            draws.add(draws.remove(0));
            return true;
        }
    },
    PREMIUM_LOT_AT_A_COMMON_STORE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town,
                    "payment.Proposed",
                    random,
                    payload -> {
                        if (!payload.path("draws")
                                .path(0)
                                .path("kind")
                                .asString()
                                .equals("PREMIUM")) {
                            return null;
                        }
                        return payload.put("merchantId", "mer_common").put("storeClass", "COMMON");
                    });
        }
    },
    PREMIUM_OF_ANOTHER_RATE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town, "purchase.Reserved", random, payload -> bump(payload, "premium", 300));
        }
    },
    OVER_THE_CAP {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town, "purchase.Reserved", random, payload -> bump(payload, "amount", 10_000));
        }
    },
    SOLD_OUT_OF_HOURS {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return edited(
                    town,
                    "purchase.Reserved",
                    random,
                    payload -> payload.put("reservedAt", "2023-10-01T23:59:59Z"));
        }
    },
    REFERENCE_USED_TWICE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            List<Fact> issued =
                    town.facts.stream()
                            .filter(f -> f.type().equals("purchase.VoucherIssued"))
                            .toList();
            if (issued.size() < 2) {
                return false;
            }
            ((ObjectNode) issued.getLast().payload().node())
                    .put("paymentReference", issued.getFirst().payload().text("paymentReference"));
            return true;
        }
    },
    ANSWER_WITH_ANOTHER_AMOUNT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return answered(
                    town, random, e -> !e.isRead() && e.outcome() == Outcome.DONE, "amount");
        }
    },
    REFUSAL_WITH_ANOTHER_NUMBER {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return answered(
                    town,
                    random,
                    e -> e.outcome() == Outcome.REFUSED && e.answer().contains("usable"),
                    "usable");
        }
    },
    WALLET_SHOWN_WITH_ONE_MORE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return answered(town, random, e -> e.what().contains("/wallets/"), "available");
        }
    },
    BOOKS_SHOWN_WITH_A_DIFFERENCE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return answered(town, random, e -> e.what().contains("/books/"), "totalDebit");
        }
    },
    ANSWER_WITH_ANOTHER_POSITION {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e = pick(town.exchanges, each -> wrote(each), random);
            return e != null
                    && told(town, e, e.outcome(), e.position() - 1, e.answer(), e.sentNanos());
        }
    },
    REFUSED_AND_STORED {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e = pick(town.exchanges, each -> wrote(each), random);
            return e != null
                    && told(town, e, Outcome.REFUSED, e.position(), e.answer(), e.sentNanos());
        }
    },
    REFUSED_WITHOUT_REASON {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e =
                    pick(
                            town.exchanges,
                            each -> each.what().equals("POST /api/v1/payments") && wrote(each),
                            random);
            if (e == null) {
                return false;
            }
            String no = "{\"type\":\"/problems/insufficient-points\",\"usable\":0,\"amount\":1}";
            town.exchanges.add(copy(e, Outcome.REFUSED, e.position() - 1, no, e.sentNanos()));
            return true;
        }
    },
    GIVEN_UP_AND_STORED {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e = pick(town.exchanges, each -> wrote(each), random);
            return e != null
                    && told(town, e, Outcome.ABSENT, e.position(), e.answer(), e.sentNanos());
        }
    },
    ONE_ANSWER_FOR_TWO {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e = pick(town.exchanges, each -> wrote(each), random);
            if (e == null) {
                return false;
            }
            town.exchanges.add(
                    new Exchange(
                            e.client(),
                            e.what(),
                            e.body(),
                            e.about(),
                            "another key",
                            e.sentNanos(),
                            e.answeredNanos(),
                            0,
                            e.outcome(),
                            e.status(),
                            e.position(),
                            e.answer()));
            return true;
        }
    },
    SENT_AFTER_A_LATER_ONE_WAS_ANSWERED {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            List<Exchange> writes = town.exchanges.stream().filter(Flaw::wrote).toList();
            if (writes.size() < 2) {
                return false;
            }
            Exchange e = writes.getFirst();
            long later = writes.getLast().answeredNanos() + 1;
            return told(town, e, e.outcome(), e.position(), e.answer(), later);
        }
    },
    READ_OLDER_THAN_ASKED_FOR {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            Exchange e = pick(town.exchanges, Exchange::isRead, random);
            return e != null
                    && told(town, e, e.outcome(), e.position() - 1, e.answer(), e.sentNanos());
        }
    },
    POSTING_OF_ANOTHER_AMOUNT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.POSTING, 3, 1L, random);
        }
    },
    POSTING_TO_ANOTHER_ACCOUNT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.POSTING, 2, "4020", random);
        }
    },
    POSTING_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return without(town, Table.POSTING, random);
        }
    },
    POSTING_TWICE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            var rows = town.rowsOf(Table.POSTING);
            return !rows.isEmpty() && rows.add(rows.getLast());
        }
    },
    ENTRY_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return without(town, Table.ENTRY, random);
        }
    },
    ENTRY_OF_ANOTHER_AMOUNT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.ENTRY, 4, 1_000_000L, random);
        }
    },
    LOT_WITH_ONE_POINT {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.LOT, 6, 1_000_001L, random);
        }
    },
    LOT_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return without(town, Table.LOT, random);
        }
    },
    HOLD_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return without(town, Table.HOLD, random);
        }
    },
    PAYMENT_IN_ANOTHER_STATE {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.PAYMENT, 9, "REVERSED", random);
        }
    },
    CAMPAIGN_WITH_ANOTHER_SUM {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return cell(town, Table.CAMPAIGN, 5, 1L, random);
        }
    },
    ALARM_MISSING {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            return without(town, Table.DUE, random);
        }
    },
    PROJECTION_AHEAD_OF_THE_LOG {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            town.projections.put("payment", town.facts.size() + 1L);
            return true;
        }
    },
    PROJECTION_BEHIND_ITS_ROWS {
        @Override
        boolean plantedIn(SmallTown town, Random random) {
            long last =
                    town.rowsOf(Table.ENTRY).stream()
                            .mapToLong(row -> (Long) row.getFirst())
                            .max()
                            .orElse(0);
            if (last == 0) {
                return false;
            }
            town.projections.put("wallet", last - 1);
            return true;
        }
    };

    /** Plants it; false if this town has no place for it. */
    abstract boolean plantedIn(SmallTown town, Random random);

    private interface Edit {
        @Nullable ObjectNode of(ObjectNode payload);
    }

    private static <T> @Nullable T pick(List<T> all, Predicate<T> wanted, Random random) {
        List<T> some = all.stream().filter(wanted).toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private static boolean wrote(Exchange e) {
        return !e.isRead() && e.outcome() == Outcome.DONE;
    }

    private static Fact moved(Fact f, long position, Instant at) {
        return new Fact(position, at, f.id(), f.type(), f.payload(), f.request(), f.actor());
    }

    private static void append(SmallTown town, Fact f, String request) {
        Fact last = town.facts.getLast();
        String id = new UUID(1, last.position()).toString();
        town.facts.add(
                new Fact(
                        last.position() + 1,
                        last.at(),
                        id,
                        f.type(),
                        f.payload(),
                        request,
                        f.actor()));
    }

    private static void replace(SmallTown town, Fact f, Fact by) {
        town.facts.set(town.facts.indexOf(f), by);
    }

    private static boolean edited(SmallTown town, String type, Random random, Edit edit) {
        List<Fact> some = new ArrayList<>(town.facts);
        some.removeIf(f -> !f.type().equals(type));
        if (some.isEmpty()) {
            return false;
        }
        Fact f = some.get(random.nextInt(some.size()));
        return edit.of((ObjectNode) f.payload().node()) != null;
    }

    private static ObjectNode bump(ObjectNode node, String field, long by) {
        return node.put(field, node.path(field).longValue() + by);
    }

    private static boolean answered(
            SmallTown town, Random random, Predicate<Exchange> which, String field) {
        Exchange e =
                pick(
                        town.exchanges,
                        which.and(each -> Doc.ofText(each.answer()).has(field)),
                        random);
        if (e == null) {
            return false;
        }
        ObjectNode answer = (ObjectNode) Doc.ofText(e.answer()).node();
        return told(
                town,
                e,
                e.outcome(),
                e.position(),
                bump(answer, field, 1).toString(),
                e.sentNanos());
    }

    private static boolean told(
            SmallTown town, Exchange e, Outcome outcome, long position, String answer, long sent) {
        int i = town.exchanges.indexOf(e);
        town.exchanges.set(i, copy(e, outcome, position, answer, sent));
        return true;
    }

    private static Exchange copy(
            Exchange e, Outcome outcome, long position, String answer, long sent) {
        return new Exchange(
                e.client(),
                e.what(),
                e.body(),
                e.about(),
                e.key(),
                sent,
                Math.max(sent, e.answeredNanos()),
                e.atLeast(),
                outcome,
                e.status(),
                position,
                answer);
    }

    private static boolean cell(
            SmallTown town, Table table, int column, Object value, Random random) {
        var rows = town.rowsOf(table);
        List<Integer> other =
                IntStream.range(0, rows.size())
                        .filter(i -> !value.equals(rows.get(i).get(column)))
                        .boxed()
                        .toList();
        if (other.isEmpty()) {
            return false;
        }
        int i = other.get(random.nextInt(other.size()));
        var row = new ArrayList<>(rows.get(i));
        row.set(column, value);
        rows.set(i, row);
        return true;
    }

    private static boolean without(SmallTown town, Table table, Random random) {
        var rows = town.rowsOf(table);
        if (rows.isEmpty()) {
            return false;
        }
        rows.remove(random.nextInt(rows.size()));
        return true;
    }
}
