package jp.hashimo.ledger.decision;

import org.jspecify.annotations.Nullable;

/**
 * One thing a decision knows: some facts of the log, folded in their order into a state.
 *
 * <p>It is a record, and two that are equal have the same state at the same position. That is what
 * lets a node keep the states of what is busy, and bring them up to date with the newest facts
 * alone instead of reading a history again for every command.
 *
 * @param <T> the state; immutable
 */
public interface Fold<T> {

    /** The facts it is made of; a decision that uses it is void once a newer one has arrived. */
    Facts facts();

    /** The state before the first fact. */
    T initial();

    /** The state after one more fact; a fact of no interest leaves it as it is. */
    T evolve(T state, LedgerEvent event);

    /**
     * How its state is kept beside the log when many facts have gone into it; null if it never is.
     */
    default @Nullable Keepsake<T> keepsake() {
        return null;
    }

    /** How much room its state takes, counted in things of a few hundred bytes. */
    default int weigh(T state) {
        return 1;
    }

    /**
     * The form in which a state is kept.
     *
     * @param name what is folded and in which version of the rules; a fold that folds otherwise has
     *     another name, so that no state of the old rules is ever taken for one of the new
     * @param type the state's class, whose components are written as those of events are
     */
    record Keepsake<T>(String name, Class<T> type) {}
}
