package jp.hashimo.ledger.eventstore;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.eventstore.TagResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * What a fact can be found by: its components marked {@code @EventTag}, and the request that caused
 * it.
 *
 * <p>A component that is null gives no tag, a collection gives one for each element, and a
 * component marked twice gives a tag under each key. The request's tag puts the idempotency of a
 * command into the same append condition as everything else.
 */
public final class FactTags implements TagResolver {
    /** The metadata key, and the tag's key, of the request that caused a fact. */
    public static final String REQUEST = "request";

    private final ClassValue<List<Source>> sources =
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
        Set<Tag> tags = new HashSet<>();
        Object payload = event.payload();
        if (payload != null) {
            for (Source source : sources.get(payload.getClass())) {
                addTags(tags, source.key(), source.value(payload));
            }
        }
        String request = event.metadata().get(REQUEST);
        if (request != null) {
            tags.add(new Tag(REQUEST, request));
        }
        return tags;
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
