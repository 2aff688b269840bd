package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import org.jspecify.annotations.Nullable;

/**
 * Tells a decision what it depends on: from memory where this node has it, otherwise from the log,
 * all of it in one statement.
 */
final class FoldReader {
    private final LogStore store;
    private final Tail tail;
    private final LogKnowledge knowledge;
    private final TailFiller filler;
    private final FoldMemory memory;
    private final LedgerMeters meters;

    FoldReader(
            LogStore store,
            Tail tail,
            LogKnowledge knowledge,
            TailFiller filler,
            FoldMemory memory,
            LedgerMeters meters) {
        this.store = store;
        this.tail = tail;
        this.knowledge = knowledge;
        this.filler = filler;
        this.memory = memory;
        this.meters = meters;
    }

    /**
     * What was read for one decision.
     *
     * @param states of every fold
     * @param guards what must not have come since
     * @param head where the log ended: everything that was read is the log up to there
     * @param losses how often the log had become shorter
     * @param presumed whether a fold was taken to be new without looking
     */
    record Reading(
            Map<Fold<?>, Held<?>> states,
            List<Guard> guards,
            Tail.Head head,
            long losses,
            boolean presumed) {
        Folded known() {
            Map<Fold<?>, Object> known = new HashMap<>();
            states.forEach((fold, held) -> known.put(fold, held.state()));
            return new Folded(known);
        }

        Condition condition() {
            // If the log does not have this end, something else was read than the log.
            return new Condition(guards, head.known());
        }
    }

    /**
     * What the log said at one moment, and nothing that came later.
     *
     * @param done whether the request had left facts by then
     */
    record Fresh(Reading reading, boolean done) {}

    /**
     * All states are of one and the same position, but for those that are presumed.
     *
     * @param folds at least one
     * @param presumedNew folds of which nothing is read unless it is at hand
     */
    Reading read(List<? extends Fold<?>> folds, List<? extends Fold<?>> presumedNew) {
        requireSome(folds);
        while (true) {
            Reading reading = read(folds, presumedNew, knowledge.seen().losses());
            if (reading != null) {
                return reading;
            }
        }
    }

    private static void requireSome(List<? extends Fold<?>> folds) {
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("a decision must depend on something");
        }
    }

    /**
     * All states as the log has them now, and whether it has a request's facts: one statement,
     * however much of it is in memory.
     *
     * @param folds at least one
     */
    Fresh readNow(List<? extends Fold<?>> folds, String requestId) {
        requireSome(folds);
        while (true) {
            long losses = knowledge.seen().losses();
            var states = new HashMap<Fold<?>, Held<?>>();
            LogStore.Found found = ask(folds, requestId, states, losses);
            if (found != null && knowledge.seen().losses() == losses) {
                fillFor(states, found.head());
                Tail.Head head = found.head();
                var reading = new Reading(states, guards(states), head, losses, false);
                return new Fresh(reading, found.done());
            }
        }
    }

    /**
     * Whoever reads next could not use a state that is ahead of the tail, but for one that has not
     * changed since the tail's end. Mostly there is nothing to be done.
     */
    private void fillFor(Map<Fold<?>, Held<?>> states, Tail.Head head) {
        long end = tail.head().map(Tail.Head::position).orElse(-1L);
        if (states.values().stream().anyMatch(held -> !held.isUnchangedSince(end))) {
            filler.upTo(head.position());
        }
    }

    /**
     * @return null if the log turned out shorter meanwhile
     */
    private @Nullable Reading read(
            List<? extends Fold<?>> folds, List<? extends Fold<?>> presumedNew, long losses) {
        var states = new HashMap<Fold<?>, Held<?>>();
        Tail.Head head = tail.head().orElse(null);
        List<Fold<?>> missing = atHand(folds, presumedNew, states, head, losses);
        meters.read(folds.size() - missing.size(), missing.size());
        if (!missing.isEmpty()) {
            head = readLog(missing, states, losses);
            if (!atHand(folds, presumedNew, states, head, losses).isEmpty()) {
                // Somebody else has brought the others further already: all in one statement.
                head = readLog(withoutPresumed(folds, states), states, losses);
            }
        }
        if (head == null || knowledge.seen().losses() != losses) {
            return null;
        }
        boolean presumed =
                states.values().stream().anyMatch(held -> held.upTo() == FoldMemory.PRESUMED);
        return new Reading(states, guards(states), head, losses, presumed);
    }

    /**
     * Brings up to date what needs no more than memory.
     *
     * @param states where what is known already is found, and the newer is put
     * @param head where all shall end; null if this node knows no end
     * @return the folds it cannot bring there
     */
    private List<Fold<?>> atHand(
            List<? extends Fold<?>> folds,
            List<? extends Fold<?>> presumedNew,
            Map<Fold<?>, Held<?>> states,
            Tail.@Nullable Head head,
            long losses) {
        List<Fold<?>> missing = new ArrayList<>();
        for (Fold<?> fold : folds) {
            Held<?> held = head == null ? null : memory.upTo(head, fold, states.get(fold), losses);
            if (held != null) {
                states.put(fold, held);
            } else if (head != null
                    && presumedNew.contains(fold)
                    && memory.latest(fold, losses) == null) {
                states.put(fold, new Held<>(fold.initial(), FoldMemory.PRESUMED, null, 0));
            } else {
                missing.add(fold);
            }
        }
        return missing;
    }

    private static List<Fold<?>> withoutPresumed(
            List<? extends Fold<?>> folds, Map<Fold<?>, Held<?>> states) {
        List<Fold<?>> real = new ArrayList<>();
        for (Fold<?> fold : folds) {
            Held<?> held = states.get(fold);
            if (held == null || held.upTo() != FoldMemory.PRESUMED) {
                real.add(fold);
            }
        }
        return real;
    }

    /**
     * Reads what is new of the folds, from the log as it is now.
     *
     * @return where it ends; null if it is not the log that is known any more
     */
    private Tail.@Nullable Head readLog(
            List<Fold<?>> folds, Map<Fold<?>, Held<?>> states, long losses) {
        LogStore.Found found = ask(folds, null, states, losses);
        if (found == null) {
            return null;
        }
        filler.upTo(found.head().position());
        return found.head();
    }

    /** One statement; null if it is not the log that is known any more. */
    private LogStore.@Nullable Found ask(
            List<? extends Fold<?>> folds,
            @Nullable String requestId,
            Map<Fold<?>, Held<?>> states,
            long losses) {
        Map<Fold<?>, Held<?>> olds = new LinkedHashMap<>();
        for (Fold<?> fold : folds) {
            Held<?> old = memory.latest(fold, losses);
            olds.put(fold, old == null ? Held.nothing(fold) : old);
        }
        // Only after what it vouches for.
        LogKnowledge.Seen seen = knowledge.seen();
        if (seen.losses() != losses) {
            return null;
        }
        LogStore.Found found = store.bringUpToDate(seen.known(), olds, requestId);
        if (found.shorter()) {
            knowledge.forget(losses);
            return null;
        }
        Known newest = found.head().known();
        if (newest != null) {
            knowledge.learn(newest, losses);
        }
        meters.facts(found.facts());
        found.states().forEach((fold, held) -> states.put(fold, keepAny(fold, held, losses)));
        return found;
    }

    @SuppressWarnings("unchecked")
    private <T> Held<T> keepAny(Fold<T> fold, Held<?> held, long losses) {
        return memory.keep(fold, (Held<T>) held, losses);
    }

    private List<Guard> guards(Map<Fold<?>, Held<?>> states) {
        List<Guard> guards = new ArrayList<>();
        states.forEach((fold, held) ->
                guards.add(new Guard(Rule.tagged(memory.tagOf(fold)), Math.max(0, held.upTo()))));
        return guards;
    }
}
