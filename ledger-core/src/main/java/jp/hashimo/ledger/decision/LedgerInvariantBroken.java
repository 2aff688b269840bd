package jp.hashimo.ledger.decision;

/**
 * We are wrong: books that do not balance, or a history that cannot be. Work stops; the message
 * holds every number.
 */
public final class LedgerInvariantBroken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LedgerInvariantBroken(String message) {
        super(message);
    }
}
