package jp.hashimo.ledger.decision;

import java.util.Set;

/**
 * The events that carry one tag, of the given types or, if none is given, of every type.
 *
 * @param key the tag's name, such as {@code wallet}
 * @param value the tag's value, as the id prints itself
 */
public record Facts(String key, String value, Set<Class<? extends LedgerEvent>> types) {
    public Facts {
        types = Set.copyOf(types);
    }

    public static Facts of(String key, Object value) {
        return new Facts(key, value.toString(), Set.of());
    }

    /** The same facts, but only those of one type. */
    public Facts only(Class<? extends LedgerEvent> type) {
        return new Facts(key, value, Set.of(type));
    }

    /** The same facts, but only those of the given types. */
    public Facts only(Set<Class<? extends LedgerEvent>> wanted) {
        return new Facts(key, value, wanted);
    }
}
