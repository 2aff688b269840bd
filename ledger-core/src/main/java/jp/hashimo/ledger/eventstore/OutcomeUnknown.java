package jp.hashimo.ledger.eventstore;

/**
 * The database went silent while an append was with it, and could not be asked what became of it.
 * Repeating the request with its idempotency key tells.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(Throwable cause) {
        super(
                "the events may or may not have been written; the database could not be asked",
                cause);
    }
}
