package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Events that are written together or not at all, and what has to be true for it. */
final class AppendRequest {
    private final List<NewEvent> events;
    private final @Nullable Condition condition;
    private final @Nullable Instant deadline;
    private final long bytes;
    private final CompletableFuture<Appended> outcome = new CompletableFuture<>();

    // Only the committer's thread touches these two.
    private boolean inDoubt;
    private @Nullable Instant firstTried;

    /**
     * @param tags printed
     * @param metadata JSON text
     */
    record NewEvent(UUID id, EncodedEvent event, List<String> tags, String metadata) {}

    /**
     * Nothing that matches a rule may stand after the position.
     *
     * @param eventId the event the decision saw at that position, if it saw one
     */
    record Condition(long after, @Nullable UUID eventId, List<Rule> rules) {
        /** Whether this request would have to yield to events that are written just before it. */
        boolean isBeatenBy(AppendRequest other) {
            return other.events.stream().anyMatch(this::isBeatenBy);
        }

        private boolean isBeatenBy(NewEvent event) {
            return rules.stream().anyMatch(r -> r.matches(event.event().type(), event.tags()));
        }
    }

    AppendRequest(
            List<NewEvent> events, @Nullable Condition condition, @Nullable Instant deadline) {
        this.events = List.copyOf(events);
        this.condition = condition;
        this.deadline = deadline;
        this.bytes =
                events.stream()
                        .mapToLong(e -> e.event().payload().length + e.metadata().length())
                        .sum();
    }

    List<NewEvent> events() {
        return events;
    }

    @Nullable Condition condition() {
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
