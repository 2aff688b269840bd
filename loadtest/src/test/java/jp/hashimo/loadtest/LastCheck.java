package jp.hashimo.loadtest;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import jp.hashimo.loadtest.check.Checkers;
import jp.hashimo.loadtest.check.Database;
import jp.hashimo.loadtest.check.History;
import jp.hashimo.loadtest.check.Verdict;

/**
 * The checkers at the end of a run: on a ledger whose read tables have caught up with its log, and
 * with an opinion of everything the clients were told.
 */
final class LastCheck {
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private LastCheck() {}

    /** A ledger as it is at this moment. */
    interface Opening {
        Database open() throws IOException, SQLException;
    }

    static Verdict of(Opening ledger, History history) throws IOException, InterruptedException {
        long end = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (true) {
            boolean late = System.nanoTime() - end > 0;
            try (Database database = ledger.open()) {
                if (database.isCaughtUp()) {
                    return compared(Checkers.check(database, history));
                } else if (late) {
                    return compared(Checkers.check(database, history))
                            .and("C9: the read tables do not catch up: " + database.projections());
                }
            } catch (SQLException e) {
                throw new IOException("the ledger cannot be checked", e);
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private static Verdict compared(Verdict verdict) {
        return verdict.answers() > 0 && verdict.noOpinion() == 0
                ? verdict
                : verdict.and("C3: not everything was compared: " + verdict);
    }
}
