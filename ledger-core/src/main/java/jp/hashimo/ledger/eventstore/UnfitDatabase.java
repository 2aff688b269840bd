package jp.hashimo.ledger.eventstore;

/** The database cannot keep the ledger's promises; the message names what is wrong. */
public final class UnfitDatabase extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public UnfitDatabase(String message) {
        super(message);
    }
}
