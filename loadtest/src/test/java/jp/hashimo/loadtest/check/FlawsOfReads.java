package jp.hashimo.loadtest.check;

import static jp.hashimo.loadtest.check.Flaw.pick;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads that do not show what the log made. */
final class FlawsOfReads {
    static final List<Flaw> ALL =
            List.of(
                    number("a wallet is shown with one more", "/wallets/", "available"),
                    number("a wallet is shown with one more held", "/wallets/", "held"),
                    item("a lot is shown with one more", "/wallets/", "lots", "remaining"),
                    number("a payment is shown with one more", "/payments/", "amount"),
                    text("a payment is shown in another state", "/payments/", "state"),
                    item("a payment is shown with other lots", "/payments/", "lots", "amount"),
                    number("a campaign is shown with more issued", "/campaigns/", "premiumIssued"),
                    number(
                            "a campaign is shown with more reserved",
                            "/campaigns/",
                            "premiumReserved"),
                    number("a campaign is shown with more left", "/campaigns/", "unitsRemaining"),
                    number("a day is shown with one more", "/day-close", "total"),
                    number("the books are shown with one more", "/books/", "totalDebit"),
                    item("an account is shown with one more", "/books/", "accounts", "debit"),
                    item("an entry is shown with one more", "/entries", "items", "amount"),
                    item("an entry is shown elsewhere", "/entries", "items", "position"),
                    page("an entry is not shown", 1, items -> items.remove(0)),
                    page("an entry in the middle is not shown", 3, items -> items.remove(1)),
                    page("an entry is shown twice", 1, items -> items.add(items.get(0))),
                    page(
                            "entries are shown in another order",
                            3,
                            items -> items.add(items.remove(0))),
                    new Flaw(
                            "a read is older than it was asked for",
                            "C2",
                            (town, random) -> {
                                Exchange e = pick(town.exchanges, Exchange::isRead, random);
                                return e != null
                                        && Retold.in(
                                                town,
                                                e,
                                                new Retold(e).at(e.position() - 1).exchange);
                            }),
                    new Flaw(
                            "a read has no position",
                            "C1",
                            (town, random) -> {
                                Exchange e = pick(town.exchanges, Exchange::isRead, random);
                                return e != null
                                        && Retold.in(town, e, new Retold(e).at(-1).exchange);
                            }));

    private FlawsOfReads() {}

    private interface Edit {
        Object of(ArrayNode items);
    }

    private static Predicate<Exchange> shown(String of, String field) {
        return e -> e.isRead() && e.path().contains(of) && Doc.ofText(e.answer()).has(field);
    }

    private static Flaw number(String name, String of, String field) {
        return new Flaw(
                name,
                "C4",
                (town, random) -> {
                    Exchange e = pick(town.exchanges, shown(of, field), random);
                    return e != null && Retold.in(town, e, new Retold(e).more(field).exchange);
                });
    }

    private static Flaw text(String name, String of, String field) {
        return new Flaw(
                name,
                "C4",
                (town, random) -> {
                    Exchange e = pick(town.exchanges, shown(of, field), random);
                    if (e == null) {
                        return false;
                    }
                    var answer = (ObjectNode) Doc.ofText(e.answer()).node();
                    return retell(town, e, answer.put(field, "another"));
                });
    }

    private static boolean retell(SmallTown town, Exchange e, ObjectNode answer) {
        return Retold.in(town, e, new Retold(e).answered(answer.toString()).exchange);
    }

    private static Flaw item(String name, String of, String list, String field) {
        return items(
                name,
                of,
                list,
                1,
                items -> {
                    // The first of the accounts is one that nobody has posted to.
                    var item = (ObjectNode) items.get(items.size() - 1);
                    return item.put(field, item.path(field).longValue() + 1);
                });
    }

    private static Flaw page(String name, int fewest, Edit edit) {
        return items(name, "/entries", "items", fewest, edit);
    }

    private static Flaw items(String name, String of, String list, int fewest, Edit edit) {
        return new Flaw(
                name,
                "C4",
                (SmallTown town, Random random) -> {
                    Exchange e =
                            pick(
                                    town.exchanges,
                                    shown(of, list)
                                            .and(each ->
                                                    Doc.ofText(each.answer()).list(list).size()
                                                            >= fewest),
                                    random);
                    if (e == null) {
                        return false;
                    }
                    var answer = (ObjectNode) Doc.ofText(e.answer()).node();
                    var _ = edit.of((ArrayNode) answer.path(list));
                    return retell(town, e, answer);
                });
    }
}
