package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells a decision what it depends on: from memory where this node has it, otherwise from the log,
 * all of it in one statement.
 */
final class FoldReader {
    /** Instead of a position: that there is no fact is taken for granted until the append looks. */
    private static final long PRESUMED = -1;

    private final LogStore store;
    private final Tail tail;
    private final LogKnowledge knowledge;
    private final TailFiller filler;
    private final FoldCache cache;
    private final FoldStates kept;
    private final LedgerMeters meters;

    FoldReader(
            LogStore store,
            Tail tail,
            LogKnowledge knowledge,
            TailFiller filler,
            FoldCache cache,
            FoldStates kept,
            LedgerMeters meters) {
        this.store = store;
        this.tail = tail;
        this.knowledge = knowledge;
        this.filler = filler;
        this.cache = cache;
        this.kept = kept;
        this.meters = meters;
    }

    /**
     * What was read for one decision.
     *
     * @param states of every fold
     * @param guards what must not have come since
     * @param head the newest event that was seen; nothing that was read is newer
     * @param presumed whether a fold was taken to be new without looking
     */
    record Reading(
            Map<Fold<?>, Held<?>> states, List<Guard> guards, Tail.Head head, boolean presumed) {
        Folded known() {
            Map<Fold<?>, Object> known = new HashMap<>();
            states.forEach((fold, held) -> known.put(fold, held.state()));
            return new Folded(known);
        }

        Condition condition() {
            return new Condition(guards, head.known());
        }
    }

    /**
     * All states are of one and the same position, unless others write so fast that it cannot be
     * had; each is guarded from where it stands.
     *
     * @param presumedNew folds of which nothing is read unless it is at hand
     */
    Reading read(List<? extends Fold<?>> folds, List<? extends Fold<?>> presumedNew) {
        var states = new HashMap<Fold<?>, Held<?>>();
        List<Fold<?>> missing = atHand(folds, presumedNew, states);
        meters.read(folds.size() - missing.size(), missing.size());
        if (!missing.isEmpty()) {
            readLog(missing, states);
            atHand(folds, presumedNew, states);
        }
        boolean presumed = states.values().stream().anyMatch(held -> held.upTo() == PRESUMED);
        return new Reading(
                states, guards(states), tail.head().orElse(new Tail.Head(0, null)), presumed);
    }

    /**
     * Brings up to date what needs no more than memory.
     *
     * @param states where what is known already is found, and the newer is put
     * @return the folds it has nothing of
     */
    private List<Fold<?>> atHand(
            List<? extends Fold<?>> folds,
            List<? extends Fold<?>> presumedNew,
            Map<Fold<?>, Held<?>> states) {
        Tail.@Nullable Head head = tail.head().orElse(null);
        List<Fold<?>> missing = new ArrayList<>();
        for (Fold<?> fold : folds) {
            Held<?> held = head == null ? null : fresh(fold, states, head);
            if (held != null) {
                states.put(fold, held);
            } else if (!states.containsKey(fold)) {
                if (head != null && presumedNew.contains(fold) && cache.get(fold) == null) {
                    states.put(fold, new Held<>(fold.initial(), PRESUMED, null, 0));
                } else {
                    missing.add(fold);
                }
            }
        }
        return missing;
    }

    /** The state at the end this node knows; null if memory does not reach so far back. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable Held<T> fresh(
            Fold<T> fold, Map<Fold<?>, Held<?>> states, Tail.Head head) {
        Held<T> held = (Held<T>) states.get(fold);
        if (held == null) {
            held = cache.get(fold);
        }
        if (held == null || held.upTo() == PRESUMED || held.upTo() >= head.position()) {
            return held;
        }
        List<RecordedEvent> news = tail.since(held.upTo(), TagKey.of(fold.facts().tag()), head);
        return news == null ? null : put(fold, held.with(fold, news, head.position()));
    }

    private <T> Held<T> put(Fold<T> fold, Held<T> held) {
        Held<T> next = kept.keep(fold, held);
        cache.put(fold, next);
        return next;
    }

    private void readLog(List<Fold<?>> folds, Map<Fold<?>, Held<?>> states) {
        Map<Fold<?>, Held<?>> olds = new LinkedHashMap<>();
        for (Fold<?> fold : folds) {
            Held<?> old = cache.get(fold);
            olds.put(fold, old == null ? Held.nothing(fold) : old);
        }
        LogStore.Found found = store.bringUpToDate(olds);
        found.states().forEach((fold, held) -> states.put(fold, putAny(fold, held)));
        Known newest = found.head().known();
        if (newest != null) {
            knowledge.learn(newest.position(), newest.eventId());
        }
        filler.upTo(found.head().position());
    }

    @SuppressWarnings("unchecked")
    private <T> Held<T> putAny(Fold<T> fold, Held<?> held) {
        return put(fold, (Held<T>) held);
    }

    private static List<Guard> guards(Map<Fold<?>, Held<?>> states) {
        List<Guard> guards = new ArrayList<>();
        states.forEach((fold, held) ->
                guards.add(
                        new Guard(
                                Rule.tagged(TagKey.of(fold.facts().tag())),
                                Math.max(0, held.upTo()))));
        return guards;
    }

    /**
     * Remembers what an append has made of the states it was decided on. Nothing else has come
     * between, for the append was conditioned on it.
     */
    void appended(Reading reading, List<NewEvent> events, Appended where) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            recorded.add(events.get(i).recorded(where.firstPosition() + i, where.at()));
        }
        reading.states().forEach((fold, held) -> advance(fold, held, events, recorded, where));
    }

    @SuppressWarnings("unchecked")
    private <T> void advance(
            Fold<T> fold,
            Held<?> before,
            List<NewEvent> events,
            List<RecordedEvent> recorded,
            Appended where) {
        UUID tag = TagKey.of(fold.facts().tag());
        List<RecordedEvent> own = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).tags().contains(tag)) {
                own.add(recorded.get(i));
            }
        }
        put(fold, ((Held<T>) before).with(fold, own, where.lastPosition()));
    }
}
