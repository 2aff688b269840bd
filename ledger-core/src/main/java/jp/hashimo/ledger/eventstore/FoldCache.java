package jp.hashimo.ledger.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jp.hashimo.ledger.decision.Fold;
import org.jspecify.annotations.Nullable;

/**
 * The states of what is busy, bounded by their size.
 *
 * <p>A state in it is never wrong, for it says up to which position it goes; it may be old, and
 * whoever uses it adds what has come since. That the log still has these positions, the append
 * checks; a state from before a loss is not found after it.
 */
final class FoldCache {
    private final Cache<Fold<?>, Entry> states;

    /**
     * A state with the losses it was read after.
     *
     * @param losses as in {@link LogKnowledge.Seen}
     */
    private record Entry(Held<?> held, long losses) {
        boolean isNewerThan(Entry other) {
            return losses == other.losses ? held.upTo() > other.held.upTo() : losses > other.losses;
        }
    }

    /**
     * @param room how much it holds, in the unit of {@link Fold#weigh}
     */
    FoldCache(long room) {
        states =
                Caffeine.newBuilder()
                        .maximumWeight(room)
                        .<Fold<?>, Entry>weigher(FoldCache::weigh)
                        .build();
    }

    private static int weigh(Fold<?> fold, Entry entry) {
        return weighState(fold, entry.held().state());
    }

    @SuppressWarnings("unchecked")
    private static <T> int weighState(Fold<T> fold, Object state) {
        return fold.weigh((T) state);
    }

    /** The state that was put in since the log became shorter so many times. */
    @SuppressWarnings("unchecked")
    <T> @Nullable Held<T> get(Fold<T> fold, long losses) {
        Entry entry = states.getIfPresent(fold);
        return entry == null || entry.losses() != losses ? null : (Held<T>) entry.held();
    }

    /** Puts a state in, unless a newer one is there. */
    <T> void put(Fold<T> fold, Held<T> held, long losses) {
        states.asMap()
                .merge(
                        fold,
                        new Entry(held, losses),
                        (old, fresh) -> old.isNewerThan(fresh) ? old : fresh);
    }

    void forget() {
        states.invalidateAll();
    }
}
