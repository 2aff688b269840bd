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
 * checks.
 */
final class FoldCache {
    private final Cache<Fold<?>, Held<?>> states;

    /**
     * @param room how much it holds, in the unit of {@link Fold#weigh}
     */
    FoldCache(long room) {
        states =
                Caffeine.newBuilder()
                        .maximumWeight(room)
                        .<Fold<?>, Held<?>>weigher(FoldCache::weigh)
                        .build();
    }

    private static int weigh(Fold<?> fold, Held<?> held) {
        return weighState(fold, held.state());
    }

    @SuppressWarnings("unchecked")
    private static <T> int weighState(Fold<T> fold, Object state) {
        return fold.weigh((T) state);
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable Held<T> get(Fold<T> fold) {
        return (Held<T>) states.getIfPresent(fold);
    }

    /** Puts a state in, unless a newer one is there. */
    <T> void put(Fold<T> fold, Held<T> held) {
        states.asMap().merge(fold, held, (old, fresh) -> old.upTo() > fresh.upTo() ? old : fresh);
    }

    void forget() {
        states.invalidateAll();
    }
}
