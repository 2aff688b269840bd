package jp.hashimo.loadtest.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String WRITES = "C3";
    private static final String READS = "C4";

    private final Findings findings;
    private final Expected expected;
    private final Entries entries;
    private final Duration tolerance;
    private final Map<Long, List<Exchange>> byPosition = new HashMap<>();
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
            if (e.position() >= 0 && e.outcome() != Outcome.UNKNOWN) {
                byPosition.computeIfAbsent(e.position(), _ -> new ArrayList<>()).add(e);
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
                .forEach(e -> findings.add("C1", e + ", and the log does not reach so far"));
    }

    /** How many answers were held against the model. */
    long compared() {
        return compared;
    }

    /** How many were not, because the model knows no such request. */
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
        long before = Long.MAX_VALUE;
        for (Doc entry : Doc.ofText(e.answer()).list("items")) {
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
        long lowest = Doc.ofText(e.answer()).has("next") ? before : 0;
        if (!e.path().contains("cursor=")) {
            made.forEach((position, left) ->
                    findings.require(
                            position <= lowest || left.isEmpty(),
                            READS,
                            () -> e.what() + " lacks " + left + " of position " + position));
        }
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
        if (value instanceof List<?> lots) {
            return told.list(field).stream().map(Answers::lot).toList().equals(lots);
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

    private static String lot(Doc lot) {
        String field = lot.has("amount") ? "amount" : lot.has("remaining") ? "remaining" : "face";
        return lot.text("lotId") + " " + lot.number(field);
    }
}
