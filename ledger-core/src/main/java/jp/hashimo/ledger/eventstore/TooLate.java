package jp.hashimo.ledger.eventstore;

/** The deadline of an append had passed before it could be written. Nothing happened. */
public final class TooLate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooLate() {
        super("the deadline passed before the events could be written; nothing was");
    }
}
