package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.jspecify.annotations.Nullable;

/** Events that are written together or not at all, and what has to be true for it. */
final class AppendRequest {
    private final List<NewEvent> events;
    private final Condition condition;
    private final @Nullable Instant deadline;
    private final long bytes;
    private final CompletableFuture<Appended> outcome = new CompletableFuture<>();

    // Changed by the committer's thread alone; others read them once there is an outcome.
    private boolean inDoubt;
    private @Nullable Instant firstTried;

    /**
     * @param tags their keys
     * @param metadataText the metadata as it is written
     */
    record NewEvent(
            UUID id,
            LedgerEvent event,
            EncodedEvent encoded,
            List<UUID> tags,
            Map<String, String> metadata,
            String metadataText) {
        RecordedEvent recorded(long position, Instant at) {
            return new RecordedEvent(position, at, id, event, metadata);
        }
    }

    /** Nothing that matches the rule may stand after the position. */
    record Guard(Rule rule, long after) {
        boolean isBrokenBy(NewEvent event) {
            return rule.matches(event.encoded().type(), event.tags());
        }
    }

    /**
     * What an append relies on.
     *
     * @param anchor the newest event the decision saw, if it saw one
     */
    record Condition(List<Guard> guards, @Nullable Known anchor) {
        static final Condition NONE = new Condition(List.of(), null);

        Condition {
            guards = List.copyOf(guards);
        }

        /** Whether this request would have to yield to events that are written just before it. */
        boolean isBrokenBy(AppendRequest other) {
            return other.events.stream()
                    .anyMatch(event -> guards.stream().anyMatch(g -> g.isBrokenBy(event)));
        }
    }

    AppendRequest(List<NewEvent> events, Condition condition, @Nullable Instant deadline) {
        this.events = List.copyOf(events);
        this.condition = condition;
        this.deadline = deadline;
        this.bytes =
                events.stream()
                        .mapToLong(e -> e.encoded().payload().length + e.metadataText().length())
                        .sum();
    }

    List<NewEvent> events() {
        return events;
    }

    Condition condition() {
        return condition;
    }

    @Nullable Instant deadline() {
        return deadline;
    }

    long bytes() {
        return bytes;
    }

    /** Completed once it is certain what happened, or that nobody can be asked. */
    CompletableFuture<Appended> outcome() {
        return outcome;
    }

    /** Whether an attempt was sent whose answer never came. */
    boolean inDoubt() {
        return inDoubt;
    }

    void doubt() {
        inDoubt = true;
    }

    /** The instant from which it is not tried any more. */
    Instant lastTry(Instant now, CommitLimits limits) {
        if (deadline != null) {
            return deadline;
        }
        if (firstTried == null) {
            firstTried = now;
        }
        return firstTried.plus(limits.patience());
    }
}
