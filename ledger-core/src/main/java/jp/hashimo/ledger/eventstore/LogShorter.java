package jp.hashimo.ledger.eventstore;

/**
 * The log ends before a position that was already seen, as after a failover or a restore. What was
 * derived from the lost end has to be derived again.
 */
public final class LogShorter extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LogShorter(long seen, long head) {
        super("the log ends at position " + head + ", but position " + seen + " had been read");
    }
}
