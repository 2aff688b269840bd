package jp.hashimo.loadtest.measure;

import java.sql.SQLException;
import java.util.List;

/** Looks whether a ledger's books are still true after the load. */
@FunctionalInterface
public interface Audit {
    /**
     * What is wrong, a sentence each; empty if nothing is.
     *
     * @param jdbcUrl of the ledger's database, with the owner's login in it
     */
    List<String> findings(String jdbcUrl) throws SQLException;
}
