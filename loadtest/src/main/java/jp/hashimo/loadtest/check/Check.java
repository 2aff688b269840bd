package jp.hashimo.loadtest.check;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * The checkers from the command line: {@code check <jdbc-url> [history file]}, or the data folder
 * of a running service in place of the URL.
 */
public final class Check {
    private static final String LEDGER = System.getProperty("ledger", "hashimo");

    private Check() {}

    /** Ends with status 0 if everything is as promised, 1 if not, 2 if it was called wrongly. */
    public static void main(String[] arguments) throws IOException, SQLException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println(
                    "check <jdbc-url with user and password, or a data folder> [history file]");
            System.exit(2);
        }
        History history =
                arguments.length == 2 ? History.read(Path.of(arguments[1])) : History.none();
        long from = System.nanoTime();
        try (var database = open(arguments[0])) {
            Verdict verdict = Checkers.check(database, history);
            System.out.println(verdict);
            System.out.println(Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms");
            System.exit(verdict.isClean() ? 0 : 1);
        }
    }

    private static Database open(String place) throws IOException, SQLException {
        return place.startsWith("jdbc:")
                ? new Database(place, new Properties(), LEDGER)
                : new DataFolder(Path.of(place)).open(LEDGER);
    }
}
