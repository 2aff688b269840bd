package jp.hashimo.loadtest.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hashimo.loadtest.check.Exchange.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * C3 and C4: what each client was told is what the model says at the very position the answer gave.
 *
 * <p>What depends on the clock too may be right for any instant between that position and the next:
 * the log does not say when in between it was asked.
 */
final class Answers {
    static final Pattern ENTRIES = Pattern.compile("/api/v1/wallets/([^/?]+)/entries.*");

    /** What is refused before any rule is asked: no request, nobody's, too many. */
    private static final Set<Integer> NOT_JUDGED = Set.of(400, 401, 429);

    private static final String LOG = "C1";
    private static final String WRITES = "C3";
    private static final String READS = "C4";

    private final Findings findings;
    private final Expected expected;
    private final Entries entries;
    private final Duration tolerance;
    private final Map<Long, List<Exchange>> byPosition = new HashMap<>();

    /** Where each page of a wallet's history has ended, by the cursor that goes on from there. */
    private final Map<String, Long> pages = new HashMap<>();

    private List<Exchange> waiting = List.of();
    private @Nullable Fact last;
    private long compared;
    private long noOpinion;

    Answers(Findings findings, Expected expected, Entries entries, History history) {
        this.findings = findings;
        this.expected = expected;
        this.entries = entries;
        this.tolerance = history.clockTolerance();
        for (Exchange e : history.exchanges()) {
            if (e.position() >= 0) {
                byPosition.computeIfAbsent(e.position(), _ -> new ArrayList<>()).add(e);
            } else if (e.outcome() == Outcome.REFUSED && NOT_JUDGED.contains(e.status())) {
                noOpinion++;
            } else if (e.outcome() == Outcome.REFUSED || e.isRead()) {
                findings.add(LOG, e + ", an answer without its position");
            }
        }
        waiting = Objects.requireNonNullElse(byPosition.remove(0L), List.of());
    }

    /** Before the model takes the next fact in: what was asked at the state it is in. */
    void before(Fact next) {
        settle(next.at());
    }

    /** After the model has taken a fact in. */
    void after(Fact fact) {
        last = fact;
        waiting = Objects.requireNonNullElse(byPosition.remove(fact.position()), List.of());
        for (Exchange e : waiting) {
            if (e.outcome() == Outcome.DONE && !e.isRead()) {
                compared++;
                guarded(WRITES, e, () -> done(e, fact));
            }
        }
    }

    void end() {
        settle(null);
        byPosition.values().stream()
                .flatMap(List::stream)
                .forEach(e -> findings.add(LOG, e + ", and the log does not reach so far"));
    }

    /** How many answers were held against the model. */
    long compared() {
        return compared;
    }

    /** How many were not: the model knows no such request, or it was refused before any rule. */
    long noOpinion() {
        return noOpinion;
    }

    private void done(Exchange e, Fact fact) {
        if (!Expected.asksFor(e, fact)) {
            findings.add(WRITES, e + ", and what stands there is " + fact);
        } else {
            Map<String, Object> model = expected.done(fact);
            findings.require(
                    isLike(model, e.answer()), WRITES, () -> e + ", and the model says " + model);
        }
    }

    private void settle(@Nullable Instant nextAt) {
        for (Exchange e : waiting) {
            Matcher history = ENTRIES.matcher(e.path());
            if (e.outcome() == Outcome.REFUSED) {
                atSomeInstant(WRITES, e, nextAt, expected::refusal);
            } else if (e.isRead() && history.matches()) {
                compared++;
                guarded(READS, e, () -> page(e, history.group(1)));
            } else if (e.isRead()) {
                atSomeInstant(READS, e, nextAt, expected::read);
            }
        }
        waiting = List.of();
    }

    private void atSomeInstant(
            String check,
            Exchange e,
            @Nullable Instant nextAt,
            BiFunction<Exchange, Instant, @Nullable Map<String, Object>> ask) {
        guarded(
                check,
                e,
                () -> {
                    Instant from = (last == null ? Instant.EPOCH : last.at()).minus(tolerance);
                    Instant until = nextAt == null ? Instant.MAX : nextAt.plus(tolerance);
                    var instants = new TreeSet<>(expected.turns(e).subSet(from, until));
                    instants.add(from);
                    Map<String, Object> model = null;
                    for (Instant instant : instants) {
                        model = ask.apply(e, instant);
                        if (model == null) {
                            noOpinion++;
                            return;
                        } else if (isLike(model, e.answer())) {
                            compared++;
                            return;
                        }
                    }
                    compared++;
                    findings.add(check, e + ", and the model says " + model);
                });
    }

    /** A page of a wallet's history shows what the log made of it, in order and without a gap. */
    private void page(Exchange e, String wallet) {
        Map<Long, List<String>> made = entries.of(wallet, e.position());
        List<Doc> items = Doc.ofText(e.answer()).list("items");
        // Where the page before has ended; if nobody was shown that, where this one begins.
        String cursor = e.path().replaceFirst(".*[?&]cursor=", "");
        boolean first = cursor.equals(e.path());
        long begun = items.isEmpty() ? 0 : items.getFirst().number("position");
        long highest = first ? Long.MAX_VALUE : pages.getOrDefault(wallet + cursor, begun);
        long before = Long.MAX_VALUE;
        for (Doc entry : items) {
            long position = entry.number("position");
            String told =
                    Entries.told(
                            entry.text("type"),
                            entry.number("amount"),
                            entry.textOrNull("paymentId"),
                            entry.textOrNull("purchaseId"));
            boolean there = made.getOrDefault(position, new ArrayList<>()).remove(told);
            findings.require(
                    there && position <= before,
                    READS,
                    () -> e.what() + " shows " + entry + ", which the log did not make");
            before = position;
        }
        String next = Doc.ofText(e.answer()).textOrNull("next");
        long lowest = next == null ? 0 : before;
        if (next != null) {
            pages.put(wallet + next, lowest);
        }
        made.forEach((position, left) ->
                findings.require(
                        position <= lowest || position >= highest || left.isEmpty(),
                        READS,
                        () -> e.what() + " lacks " + left + " of position " + position));
    }

    private void guarded(String check, Exchange e, Runnable comparison) {
        try {
            comparison.run();
        } catch (RuntimeException broken) {
            findings.add(check, e + " cannot be compared: " + broken.getMessage());
        }
    }

    private static boolean isLike(Map<String, Object> model, String answer) {
        Doc told = Doc.ofText(answer);
        return model.entrySet().stream()
                .allMatch(field -> isLike(field.getKey(), field.getValue(), told));
    }

    private static boolean isLike(String field, Object value, Doc told) {
        if (value instanceof List<?> items) {
            return (field.equals("accounts") ? accounts(told) : lots(told.list(field)))
                    .equals(items);
        } else if (!told.has(field)) {
            return false;
        }
        return switch (value) {
            case Long number -> told.number(field) == number;
            case Boolean flag -> told.flag(field) == flag;
            case Instant instant -> told.instant(field).equals(instant);
            default -> told.text(field).equals(value.toString());
        };
    }

    private static List<String> lots(List<Doc> lots) {
        return lots.stream()
                .map(lot -> {
                    String field =
                            lot.has("amount")
                                    ? "amount"
                                    : lot.has("remaining") ? "remaining" : "face";
                    return lot.text("lotId") + " " + lot.number(field);
                })
                .toList();
    }

    /** In the order of their codes; those nobody has posted to are shown, and left out here. */
    private static List<String> accounts(Doc told) {
        return told.list("accounts").stream()
                .filter(account -> account.number("debit") != 0 || account.number("credit") != 0)
                .map(account ->
                        account.text("code")
                                + " "
                                + account.number("debit")
                                + " "
                                + account.number("credit"))
                .sorted()
                .toList();
    }
}
