package jp.hashimo.ledger.eventstore;

/** The log could not be read, because the database did not answer or holds what nobody knows. */
public final class LogUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnreadable(String message) {
        super(message);
    }

    public LogUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
