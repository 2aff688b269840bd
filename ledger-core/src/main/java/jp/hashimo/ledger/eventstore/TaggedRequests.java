package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a ledger's early days, whose facts carry a tag with the request's name and ids
 * that do not follow from it.
 */
final class TaggedRequests {
    private final LogStore store;
    private volatile @Nullable Boolean exist;

    TaggedRequests(LogStore store) {
        this.store = store;
    }

    /** Whether the ledger has any; asked once. */
    boolean exist() {
        Boolean known = exist;
        if (known == null) {
            known = store.hasTaggedRequests();
            exist = known;
        }
        return known;
    }

    /** The key of the tag that the facts of such a request carry. */
    static UUID key(String requestId) {
        return TagKey.of("request:" + requestId);
    }

    /** The condition, and that no such request had the name. */
    Condition guarded(Condition condition, Stamp stamp) {
        List<Guard> guards = new ArrayList<>(condition.guards());
        guards.add(new Guard(Rule.tagged(key(stamp.requestId())), 0));
        return new Condition(guards, condition.anchor());
    }
}
