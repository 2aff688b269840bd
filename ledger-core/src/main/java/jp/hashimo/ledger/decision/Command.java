package jp.hashimo.ledger.decision;

import java.time.Instant;
import java.util.List;

/**
 * Something a person or the clock asks of the ledger, together with the rule that answers it.
 *
 * <p>The facts named by {@link #boundary()} are read in the order of the log and folded into a
 * state, the rule decides on that state, and what it decided is appended only if no newer fact of
 * the boundary has arrived meanwhile; otherwise everything is done afresh. What shall be guarded
 * must therefore be in the boundary.
 *
 * @param <S> what the decision knows: the fold of its boundary
 * @param <R> the ways it can say no
 */
public interface Command<S, R extends Rejection> {

    /** The facts the decision depends on. */
    List<Facts> boundary();

    /** The state before the first fact. */
    S initial();

    /** The state after one more fact; a fact of no interest leaves it as it is. */
    S evolve(S state, LedgerEvent event);

    /**
     * The rule. It sees only its arguments: no clock, no database, no random id, so that the same
     * history gives the same answer.
     *
     * @param now the ledger's time, which becomes the business instant of what is decided
     */
    Decision<R> decide(S state, Instant now);
}
