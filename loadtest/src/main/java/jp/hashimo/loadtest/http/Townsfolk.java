package jp.hashimo.loadtest.http;

import java.sql.SQLException;
import java.util.List;

/**
 * Lets people live where the service only knows its tables: residents whose wallets hold points.
 */
public interface Townsfolk {
    /**
     * A resident as the service names people.
     *
     * @param walletId holds enough for more payments of one point than a benchmark can make
     */
    record Named(String userId, String citizenId, String walletId) {}

    /** Writes the facts of so many residents to the log of a database. */
    List<Named> moveIn(String jdbcUrl, int residents) throws SQLException;

    /** Gives the log of a database a past of so many events, half as many payments among them. */
    void addPast(String jdbcUrl, int events) throws SQLException;
}
