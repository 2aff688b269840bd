package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;

/** One arrangement of the log for reading. */
public interface Projection {

    /** Its name, stable; another version of the same tables is another name. */
    String name();

    /** The tables it writes, and nobody else does. */
    List<String> tables();

    /**
     * Adds what a batch of events says. The caller commits it together with the position, so that
     * each event takes effect exactly once.
     */
    void apply(Rows rows, List<RecordedEvent> batch) throws SQLException;
}
