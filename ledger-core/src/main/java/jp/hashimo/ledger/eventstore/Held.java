package jp.hashimo.ledger.eventstore;

import jp.hashimo.ledger.decision.Fold;
import org.jspecify.annotations.Nullable;

/**
 * The state of a fold at a position of the log.
 *
 * @param upTo everything up to here is in it
 * @param newest the last event that went into it, null if there was none
 * @param unkept how many events have gone into it since it was last kept beside the log
 */
record Held<T>(T state, long upTo, @Nullable Known newest, int unkept) {

    static <T> Held<T> nothing(Fold<T> fold) {
        return new Held<>(fold.initial(), 0, null, 0);
    }

    /**
     * With some more events, in order, and everything else up to a position that is not of them.
     */
    Held<T> with(Fold<T> fold, Iterable<RecordedEvent> events, long upTo) {
        T next = state;
        Known last = newest;
        int count = unkept;
        for (RecordedEvent event : events) {
            next = fold.evolve(next, event.event());
            last = Known.of(event);
            count++;
        }
        return new Held<>(next, upTo, last, count);
    }

    /** Whether nothing has gone into it after a position. */
    boolean isUnchangedSince(long position) {
        return newest == null || newest.position() <= position;
    }

    /** The same state at an earlier position, since which it is unchanged. */
    Held<T> at(long position) {
        return new Held<>(state, position, newest, unkept);
    }

    Held<T> kept() {
        return new Held<>(state, upTo, newest, 0);
    }
}
