package jp.hashimo.ledger.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * One of the alternatives of a criteria: events with all the tags and any of the types. Without
 * tags every event has them, without types every type will do.
 *
 * @param tags their keys, in the order of the printed tags
 */
record Rule(List<UUID> tags, List<String> types) {
    private static final QualifiedName OF_NO_EVENT = new QualifiedName("of no event");
    private static final Rule ANYTHING = new Rule(List.of(), List.of());

    Rule {
        tags = List.copyOf(tags);
        types = List.copyOf(types);
    }

    /** Every event with a tag. */
    static Rule tagged(UUID tag) {
        return new Rule(List.of(tag), List.of());
    }

    /**
     * The alternatives of a criteria. "Any event" has no alternative that would say so, not even as
     * one of several: it is known by matching an event that has no tag and no known type.
     */
    static List<Rule> of(EventCriteria criteria) {
        if (criteria.matches(OF_NO_EVENT, Set.of())) {
            return List.of(ANYTHING);
        }
        return criteria.flatten().stream()
                .map(one ->
                        new Rule(
                                Tags.keys(one.tags()),
                                one.types().stream().map(QualifiedName::name).sorted().toList()))
                .distinct()
                .toList();
    }

    boolean matches(String type, Collection<UUID> eventTags) {
        return (types.isEmpty() || types.contains(type)) && eventTags.containsAll(tags);
    }
}
