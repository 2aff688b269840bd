package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who want to change the same thing in one after the other, in the order they came,
 * instead of having all decide at once and all but one decide again.
 *
 * <p>It is a courtesy of one node, not a guard: that is the append's condition.
 */
final class Sequencer {
    private final ConcurrentMap<Object, Turn> turns = new ConcurrentHashMap<>();

    /** One thing, and how many want it. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int wanted;
    }

    /** Does the work when it is its turn; empty if that does not come within the time. */
    <T> Optional<T> inTurn(Object thing, Duration patience, Supplier<T> work) {
        Turn turn = turns.compute(thing, (_, old) -> enter(old == null ? new Turn() : old));
        try {
            if (!turn.lock.tryLock(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            turns.compute(thing, (_, left) -> leave(left));
        }
    }

    private static Turn enter(Turn turn) {
        turn.wanted++;
        return turn;
    }

    private static @Nullable Turn leave(@Nullable Turn turn) {
        if (turn == null) {
            throw new IllegalStateException("left without having come");
        }
        turn.wanted--;
        return turn.wanted == 0 ? null : turn;
    }

    /** How many things somebody wants now. */
    int busy() {
        return turns.size();
    }
}
