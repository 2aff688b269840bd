package jp.hashimo.ledger.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import tools.jackson.databind.json.JsonMapper;

/** Writes a page of the log for some projections, their positions and rows in one transaction. */
final class PageWriter {
    private final DataSource database;
    private final String ledgerId;
    private final JsonMapper json;
    private final Lookout lookout;

    PageWriter(DataSource database, String ledgerId, JsonMapper json, Lookout lookout) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.json = json;
        this.lookout = lookout;
    }

    /**
     * Those whose place is not within the page, or which another node is at, are looked after only.
     *
     * @return whether any of them was this node's to work on
     */
    boolean write(List<ProjectionRunner> some, List<RecordedEvent> page) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return write(connection, some, page);
            } finally {
                // Of what was not committed nothing may stay, and to turn autocommit on would
                // commit it.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean write(
            Connection connection, List<ProjectionRunner> some, List<RecordedEvent> page)
            throws SQLException {
        PositionRows positions = lookout.positions();
        Map<String, Long> claimed = positions.claim(connection, Lookout.names(some));
        long before = page.getFirst().position() - 1;
        long to = page.getLast().position();
        var rows = new Rows(connection, ledgerId, json);
        List<ProjectionRunner> working = new ArrayList<>();
        List<ProjectionRunner> elsewhere = new ArrayList<>();
        for (ProjectionRunner runner : some) {
            Long at = claimed.get(runner.name());
            // Another node may have been here since this one looked, and a database that came back
            // after a fault may know less than it did.
            if (at != null && at >= before && at < to) {
                runner.apply(rows, page.subList((int) (at - before), page.size()));
                working.add(runner);
            } else {
                elsewhere.add(runner);
            }
        }
        if (!elsewhere.isEmpty()) {
            lookout.look(connection, elsewhere);
        }
        if (!working.isEmpty()) {
            rows.flush();
            positions.advance(connection, Lookout.names(working), page.getLast());
        }
        connection.commit();
        for (ProjectionRunner runner : working) {
            runner.reached(to);
            runner.succeeded();
        }
        return !claimed.isEmpty();
    }
}
