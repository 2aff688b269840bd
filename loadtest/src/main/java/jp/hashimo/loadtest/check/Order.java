package jp.hashimo.loadtest.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.loadtest.check.Exchange.Outcome;

/**
 * C2: the order of the log does not contradict the clock on the wall. What was answered before
 * something else was sent comes before it; a client's reads never go back, and see its own writes.
 */
final class Order {
    private static final String REAL_TIME = "C2";

    private final Findings findings;

    Order(Findings findings) {
        this.findings = findings;
    }

    void check(List<Exchange> exchanges) {
        writes(
                exchanges.stream()
                        .filter(e -> !e.isRead() && e.position() >= 0)
                        .filter(e -> e.outcome() == Outcome.DONE || e.outcome() == Outcome.REFUSED)
                        .toList());
        sessions(exchanges);
    }

    /** A refusal takes no place of its own, yet it too was judged no earlier than it was asked. */
    private void writes(List<Exchange> writes) {
        List<Exchange> bySending =
                writes.stream().sorted(Comparator.comparingLong(Exchange::sentNanos)).toList();
        List<Exchange> byAnswer =
                writes.stream()
                        .filter(e -> e.outcome() == Outcome.DONE)
                        .sorted(Comparator.comparingLong(Exchange::answeredNanos))
                        .toList();
        int answered = 0;
        long highest = 0;
        for (Exchange one : bySending) {
            while (answered < byAnswer.size()
                    && byAnswer.get(answered).answeredNanos() < one.sentNanos()) {
                highest = Math.max(highest, byAnswer.get(answered).position());
                answered++;
            }
            long before = highest;
            boolean later =
                    one.outcome() == Outcome.DONE
                            ? one.position() > before
                            : one.position() >= before;
            findings.require(
                    later,
                    REAL_TIME,
                    () -> one + ", though " + before + " was answered before it was sent");
        }
    }

    private void sessions(List<Exchange> exchanges) {
        Map<Integer, Long> seen = new HashMap<>();
        exchanges.stream()
                .filter(e -> e.position() >= 0)
                .sorted(Comparator.comparingLong(Exchange::answeredNanos))
                .forEach(e -> {
                    findings.require(
                            e.position() >= e.atLeast(),
                            REAL_TIME,
                            () -> e + ", though it asked for " + e.atLeast() + " at least");
                    long before = seen.getOrDefault(e.client(), 0L);
                    if (e.isRead() && e.atLeast() > 0) {
                        findings.require(
                                e.position() >= before,
                                REAL_TIME,
                                () -> e + ", though this client had seen " + before);
                    }
                    if (!e.isRead() || e.atLeast() > 0) {
                        seen.merge(e.client(), e.position(), Math::max);
                    }
                });
    }
}
