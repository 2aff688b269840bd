package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import org.jspecify.annotations.Nullable;

/**
 * Judges a batch by what is in memory, before anything is sent: who must yield, and what only the
 * database can tell.
 *
 * <p>A "no" is final, for whoever gets it decides afresh. A "yes" counts only if the log still ends
 * where this node believes, which the statement checks under the lock.
 */
final class BatchJudge {
    private final Tail tail;
    private final Tail.@Nullable Head head;
    private final List<Submission> submissions = new ArrayList<>();
    private final List<AppendRequest> beaten = new ArrayList<>();
    private final List<AppendRequest> deferred = new ArrayList<>();
    private final Map<UUID, List<AppendRequest>> byTag = new HashMap<>();
    private final Set<UUID> ids = new HashSet<>();
    private boolean reliesOnHead;

    /**
     * A request that may be written.
     *
     * @param guards what the database has to look at
     * @param anchor what it has to find, if memory does not tell
     */
    record Submission(AppendRequest request, List<Guard> guards, @Nullable Known anchor) {}

    /**
     * @param relying whether the database may be asked to refuse everything if the log ends
     *     elsewhere than in memory; otherwise it looks itself at whatever came after that end
     */
    BatchJudge(Tail tail, List<AppendRequest> batch, boolean relying) {
        this.tail = tail;
        this.head = tail.head().orElse(null);
        for (AppendRequest request : batch) {
            if (request.inDoubt()) {
                // It may have been written: its own events would speak against it.
                submit(request, request.condition().guards(), request.condition().anchor());
            } else if (!deferred.isEmpty() || dependsOnEarlier(request)) {
                deferred.add(request);
            } else {
                judge(request, relying);
            }
        }
    }

    /** Whether something that may be written just before it, in this batch, would be against it. */
    private boolean dependsOnEarlier(AppendRequest request) {
        return request.events().stream().anyMatch(e -> ids.contains(e.id()))
                || candidates(request.condition()).stream()
                        .anyMatch(request.condition()::isBrokenBy);
    }

    private Set<AppendRequest> candidates(Condition condition) {
        Set<AppendRequest> found = new HashSet<>();
        for (Guard guard : condition.guards()) {
            if (guard.rule().tags().isEmpty()) {
                submissions.forEach(s -> found.add(s.request()));
            } else {
                found.addAll(byTag.getOrDefault(guard.rule().tags().getFirst(), List.of()));
            }
        }
        return found;
    }

    private void judge(AppendRequest request, boolean relying) {
        List<Guard> open = new ArrayList<>();
        boolean settledByHead = false;
        for (Guard guard : request.condition().guards()) {
            switch (tail.judge(guard)) {
                case BROKEN -> {
                    beaten.add(request);
                    return;
                }
                case UNKNOWN -> open.add(guard);
                case HOLDS -> {
                    if (relying) {
                        settledByHead = true;
                    } else {
                        open.add(new Guard(guard.rule(), Math.max(guard.after(), headPosition())));
                    }
                }
            }
        }
        Known anchor = request.condition().anchor();
        Boolean contradicted = anchor == null ? Boolean.FALSE : tail.contradicts(anchor);
        if (Boolean.TRUE.equals(contradicted)) {
            beaten.add(request);
            return;
        }
        reliesOnHead |= settledByHead;
        submit(request, open, contradicted == null ? anchor : null);
    }

    private void submit(AppendRequest request, List<Guard> guards, @Nullable Known anchor) {
        submissions.add(new Submission(request, guards, anchor));
        for (NewEvent event : request.events()) {
            ids.add(event.id());
            for (UUID tag : event.tags()) {
                byTag.computeIfAbsent(tag, _ -> new ArrayList<>()).add(request);
            }
        }
    }

    private long headPosition() {
        return head == null ? 0 : head.position();
    }

    List<Submission> submissions() {
        return submissions;
    }

    /** What may be written, in order. */
    List<AppendRequest> requests() {
        return submissions.stream().map(Submission::request).toList();
    }

    /**
     * Those that cannot be judged before it is known what became of an earlier one, and those
     * behind them, so that what is written keeps the order in which it came.
     */
    List<AppendRequest> deferred() {
        return deferred;
    }

    /** Those that have to be decided afresh. */
    List<AppendRequest> beaten() {
        return beaten;
    }

    /** Where this node believes that the log ends; null if it believes nothing. */
    @Nullable Known head() {
        return head == null ? null : head.known();
    }

    /** Where the log must end for this to be right; null if it does not depend on it. */
    @Nullable Long reliedHead() {
        return reliesOnHead ? Long.valueOf(headPosition()) : null;
    }
}
