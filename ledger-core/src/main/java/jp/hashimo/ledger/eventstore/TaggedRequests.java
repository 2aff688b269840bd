package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a ledger's early days, whose facts carry a tag with the request's name and ids
 * that do not follow from it.
 */
final class TaggedRequests {
    private final DataSource database;
    private final String ledgerId;
    private volatile @Nullable Boolean exist;

    TaggedRequests(DataSource database, String ledgerId) {
        this.database = database;
        this.ledgerId = ledgerId;
    }

    /** Whether the ledger has any; asked once. */
    boolean exist() {
        Boolean known = exist;
        if (known == null) {
            known = read();
            exist = known;
        }
        return known;
    }

    private boolean read() {
        try {
            return !LogRows.query(
                            database,
                            _ -> true,
                            "SELECT 1 FROM tagged_requests WHERE ledger_id = ?",
                            ledgerId)
                    .isEmpty();
        } catch (SQLException e) {
            throw new LogUnreadable("ledger " + ledgerId + " cannot be read", e);
        }
    }

    /** The condition, and that no such request had the name. */
    Condition guarded(Condition condition, Stamp stamp) {
        List<Guard> guards = new ArrayList<>(condition.guards());
        guards.add(new Guard(Rule.tagged(TagKey.of("request:" + stamp.requestId())), 0));
        return new Condition(guards, condition.anchor());
    }
}
