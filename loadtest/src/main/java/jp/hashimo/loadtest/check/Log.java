package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.loadtest.check.Exchange.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * C1: the log has no gap and no name twice, each request stands in it once and in one piece, what
 * was acknowledged is there, and what was refused or given up is not.
 */
final class Log {
    private static final String LOG = "C1";
    private static final String CLOCK = "clock";

    private final Findings findings;
    private final long from;
    private final Map<Long, Exchange> acknowledged = new HashMap<>();
    private final LongSet ids = new LongSet();
    private final LongSet requests = new LongSet();
    private long expected = 1;
    private Instant at = Instant.MIN;
    private @Nullable Fact last;

    Log(Findings findings, History history) {
        this.findings = findings;
        this.from = history.from();
        for (Exchange e : history.exchanges()) {
            if (e.outcome() == Outcome.DONE && !e.isRead()) {
                Exchange other = acknowledged.putIfAbsent(e.position(), e);
                findings.require(
                        other == null || isAgain(e, other),
                        LOG,
                        () -> e + ", the position of another: " + other);
            }
        }
    }

    /** A repetition under its key, which is told what it was told before. */
    private static boolean isAgain(Exchange e, Exchange other) {
        return e.key().equals(other.key())
                && Doc.ofText(e.answer()).equals(Doc.ofText(other.answer()));
    }

    void check(Fact fact) {
        findings.require(
                fact.position() == expected,
                LOG,
                () -> fact + " stands where position " + expected + " belongs");
        findings.require(
                ids.add(UUID.fromString(fact.id())), LOG, () -> fact + " has an id used before");
        findings.require(
                !fact.at().isBefore(at), LOG, () -> fact + " is stamped before the fact before it");
        if (last == null || !last.request().equals(fact.request())) {
            ended(last);
            findings.require(
                    fact.request().isEmpty() || requests.add(fact.request()),
                    LOG,
                    () -> fact + " belongs to a request that stands in the log before");
        }
        expected = fact.position() + 1;
        at = fact.at();
        last = fact;
    }

    /** The last fact of a request, which is where its answer points. */
    private void ended(@Nullable Fact fact) {
        if (fact == null || fact.position() <= from || fact.actor().equals(CLOCK)) {
            return;
        }
        findings.require(
                acknowledged.remove(fact.position()) != null,
                LOG,
                () -> fact + " was asked for by nobody, was refused, or was given up");
    }

    void end() {
        ended(last);
        acknowledged
                .values()
                .forEach(e -> findings.add(LOG, e + ", and no request of the log ends there"));
    }
}
