package jp.hashimo.loadtest.check;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One state of one ledger, all of it from the same moment. */
public interface Source {
    /** The log, in its order. */
    Iterator<Fact> facts();

    /** How far each projection says it is. */
    Map<String, Long> projections();

    /**
     * The rows of a table in its order; a value is a String, Long, Boolean, Instant, Doc or null,
     * in the order of the columns.
     */
    Iterator<List<@Nullable Object>> rows(Table table);
}
