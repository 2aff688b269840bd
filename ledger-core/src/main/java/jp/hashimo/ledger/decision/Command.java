package jp.hashimo.ledger.decision;

import java.time.Instant;
import java.util.List;

/**
 * Something a person or the clock asks of the ledger, together with the rule that answers it.
 *
 * <p>The folds named by {@link #boundary()} are brought up to date, the rule decides on their
 * states, and what it decided is appended only if no newer fact of the boundary has arrived
 * meanwhile; otherwise everything is done afresh. What shall be guarded must therefore be in the
 * boundary.
 *
 * @param <S> what the decision knows
 * @param <R> the ways it can say no
 */
public interface Command<S, R extends Rejection> {

    /**
     * What the decision depends on, what it changes most often first: commands that begin with the
     * same fold wait for each other instead of getting in each other's way.
     */
    List<Fold<?>> boundary();

    /**
     * Folds of the boundary that most likely have no fact yet, as those of a name that was made for
     * this command. It is decided as if they had none, and the append looks: if there is one, or if
     * the answer is no, everything is done afresh with what the log says.
     */
    default List<Fold<?>> presumedNew() {
        return List.of();
    }

    /** What the decision knows, put together from the states of its boundary. */
    S state(Folded known);

    /**
     * The rule. It sees only its arguments: no clock, no database, no random id, so that the same
     * history gives the same answer.
     *
     * @param now the ledger's time, which becomes the business instant of what is decided
     */
    Decision<R> decide(S state, Instant now);
}
