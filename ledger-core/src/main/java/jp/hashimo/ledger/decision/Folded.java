package jp.hashimo.ledger.decision;

import java.util.Map;

/** The states a decision has been given, one for each fold of its boundary. */
public final class Folded {
    private final Map<Fold<?>, Object> states;

    /**
     * @param states by fold, each of the type its fold makes
     */
    public Folded(Map<Fold<?>, Object> states) {
        this.states = states;
    }

    /**
     * The state of a fold; to ask for one outside the boundary is an error, for nothing guards it.
     */
    @SuppressWarnings("unchecked")
    public <T> T of(Fold<T> fold) {
        Object state = states.get(fold);
        if (state == null) {
            throw new IllegalArgumentException("not in the boundary: " + fold);
        }
        return (T) state;
    }
}
