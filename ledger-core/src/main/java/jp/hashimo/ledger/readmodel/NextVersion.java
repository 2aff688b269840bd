package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;

/** A projection that writes tables of its own beside those of the live one, to take their place. */
record NextVersion(Projection live) implements Projection {
    /** What the names of its tables and its own name end with. */
    static final String SUFFIX = "__next";

    static String nameOf(String live) {
        return live + SUFFIX;
    }

    static String liveName(String next) {
        return next.substring(0, next.length() - SUFFIX.length());
    }

    /** Whether a name is that of a next version. It begins with its tables, and not by itself. */
    static boolean isName(String name) {
        return name.endsWith(SUFFIX);
    }

    @Override
    public String name() {
        return nameOf(live.name());
    }

    @Override
    public List<String> tables() {
        return live.tables().stream().map(table -> table + SUFFIX).toList();
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) throws SQLException {
        rows.ofNextVersion();
        live.apply(rows, batch);
    }
}
