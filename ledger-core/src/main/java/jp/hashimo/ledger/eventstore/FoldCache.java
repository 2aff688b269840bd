package jp.hashimo.ledger.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
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
    private final ConcurrentMap<UUID, List<Fold<?>>> byTag = new ConcurrentHashMap<>();

    /**
     * A state with the losses it was read after.
     *
     * @param tag the key of what it is folded from
     * @param losses as in {@link LogKnowledge.Seen}
     */
    private record Entry(Held<?> held, UUID tag, long losses) {
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
                        .executor(Runnable::run)
                        .removalListener(this::removed)
                        .build();
    }

    private void removed(@Nullable Fold<?> fold, @Nullable Entry entry, RemovalCause cause) {
        if (entry != null && cause != RemovalCause.REPLACED) {
            byTag.computeIfPresent(
                    entry.tag(),
                    (_, folds) -> {
                        List<Fold<?>> left = folds.stream().filter(f -> !f.equals(fold)).toList();
                        return left.isEmpty() ? null : left;
                    });
        }
    }

    /** Of which folds there are states that events with a tag would change. */
    List<Fold<?>> foldedFrom(UUID tag) {
        return byTag.getOrDefault(tag, List.of());
    }

    /** The key of what a fold is folded from; it takes a while to compute. */
    UUID tagOf(Fold<?> fold) {
        Entry entry = states.getIfPresent(fold);
        return entry == null ? TagKey.of(fold.facts().tag()) : entry.tag();
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
        UUID tag = tagOf(fold);
        byTag.merge(tag, List.of(fold), FoldCache::both);
        states.asMap()
                .merge(
                        fold,
                        new Entry(held, tag, losses),
                        (old, fresh) -> old.isNewerThan(fresh) ? old : fresh);
    }

    private static List<Fold<?>> both(List<Fold<?>> some, List<Fold<?>> other) {
        return some.containsAll(other)
                ? some
                : Stream.concat(some.stream(), other.stream()).<Fold<?>>map(fold -> fold).toList();
    }

    /** Forgets one. */
    void drop(Fold<?> fold) {
        states.invalidate(fold);
    }

    void forget() {
        states.invalidateAll();
    }
}
