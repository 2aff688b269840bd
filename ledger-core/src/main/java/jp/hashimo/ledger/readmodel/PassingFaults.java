package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import jp.hashimo.ledger.eventstore.LogUnreadable;

/**
 * Tells a database that is away for a while from an event that will never fit. The first passes if
 * one waits; of the second nothing gets better by trying again.
 */
final class PassingFaults {
    /**
     * Connections lost (08), transactions rolled back for others (40), resources short (53), locks
     * not got (55), an operator's hand (57), disks and files (58).
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** The server has become a standby, or has ended a transaction that was too long idle. */
    private static final Set<String> STATES = Set.of("25006", "25P03");

    private PassingFaults() {}

    static boolean include(Throwable fault) {
        return switch (fault) {
            // A log that does not answer has the database's reason; one that says what nobody
            // knows has none.
            case LogUnreadable e when e.getCause() instanceof SQLException cause -> passes(cause);
            case SQLException e -> passes(e);
            default -> false;
        };
    }

    private static boolean passes(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || state == null
                || STATES.contains(state)
                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    }
}
