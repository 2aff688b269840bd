package jp.hashimo.ledger.eventstore;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.eventstore.TagResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * What a fact can be found by: its components marked {@code @EventTag}.
 *
 * <p>A component that is null gives no tag, a collection gives one for each element, and a
 * component marked twice gives a tag under each key.
 */
public final class FactTags implements TagResolver {
    private static final ClassValue<List<Source>> SOURCES =
            new ClassValue<>() {
                @Override
                protected List<Source> computeValue(Class<?> type) {
                    return sourcesOf(type);
                }
            };

    private record Source(String key, Method accessor) {
        Object value(Object event) {
            try {
                return accessor.invoke(event);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(accessor + " cannot be read", e);
            }
        }
    }

    @Override
    public Set<Tag> resolve(EventMessage event) {
        return event.payload() instanceof LedgerEvent fact ? of(fact) : Set.of();
    }

    static Set<Tag> of(LedgerEvent event) {
        Set<Tag> tags = new HashSet<>();
        for (Source source : SOURCES.get(event.getClass())) {
            addTags(tags, source.key(), source.value(event));
        }
        return tags;
    }

    /** As {@code key:value}. */
    static Set<String> printed(LedgerEvent event) {
        return of(event).stream().map(Tags::print).collect(Collectors.toSet());
    }

    private static void addTags(Set<Tag> tags, String key, Object value) {
        switch (value) {
            case null -> {}
            case Iterable<?> several -> several.forEach(one -> addTags(tags, key, one));
            default -> tags.add(new Tag(key, value.toString()));
        }
    }

    private static List<Source> sourcesOf(Class<?> type) {
        List<Source> found = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                // The annotation has no target of its own for components; it arrives at the
                // accessor.
                Method accessor = component.getAccessor();
                for (EventTag tag : accessor.getAnnotationsByType(EventTag.class)) {
                    accessor.trySetAccessible();
                    found.add(
                            new Source(
                                    tag.key().isEmpty() ? component.getName() : tag.key(),
                                    accessor));
                }
            }
        }
        return List.copyOf(found);
    }
}
