package jp.hashimo.ledger.eventstore;

/**
 * The database refuses these events as they are, for example because an event id is already taken.
 * Nothing of them was written, and others of the same batch were not harmed.
 */
public final class UnwritableEvents extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnwritableEvents(Throwable cause) {
        super("the log refuses these events: " + cause.getMessage(), cause);
    }
}
