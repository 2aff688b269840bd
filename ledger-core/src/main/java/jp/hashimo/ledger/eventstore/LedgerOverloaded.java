package jp.hashimo.ledger.eventstore;

/** More waits to be written than the ledger accepts. Nothing happened; trying again later helps. */
public final class LedgerOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerOverloaded(String message) {
        super(message);
    }
}
