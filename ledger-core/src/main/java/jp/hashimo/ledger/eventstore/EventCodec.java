package jp.hashimo.ledger.eventstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.annotation.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events as UTF-8 JSON and reads them back.
 *
 * <p>The written form is made to be kept for years: components in the order they are declared, ids
 * as they print themselves, amounts as plain numbers, instants in ISO 8601, enums by name, maps by
 * their keys' order, and nothing where a component is null. What is written is what was hashed and
 * proven, so equal events give equal bytes. When reading, a field nobody knows is an error.
 */
public final class EventCodec {
    private final JsonMapper json;
    private final ObjectReader texts;
    private final Map<Class<?>, Form> byClass = new HashMap<>();
    private final Map<MessageType, Form> byType = new HashMap<>();

    private record Form(MessageType type, ObjectWriter writer, ObjectReader reader) {}

    /**
     * @param events every event class of the ledger: records with an {@code @Event} that names
     *     namespace, name and version
     */
    public EventCodec(List<Class<? extends LedgerEvent>> events) {
        json =
                JsonMapper.builder()
                        .addModule(new ValueForms())
                        .addModule(new SortedMaps())
                        .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                        .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .changeDefaultPropertyInclusion(
                                always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
                        .build();
        texts = json.readerForMapOf(String.class);
        for (Class<? extends LedgerEvent> event : events) {
            Form form = new Form(declaredType(event), json.writerFor(event), json.readerFor(event));
            byClass.put(event, form);
            if (byType.put(form.type(), form) != null) {
                throw new IllegalArgumentException("two events are named " + form.type());
            }
        }
    }

    private static MessageType declaredType(Class<? extends LedgerEvent> event) {
        Event named = event.getAnnotation(Event.class);
        if (!event.isRecord() || named == null || named.name().isEmpty()) {
            throw new IllegalArgumentException(event + " is not a record named by @Event");
        }
        return new MessageType(named.namespace(), named.name(), named.version());
    }

    /** The written form of values, for whoever keeps parts of events beside the log. */
    public JsonMapper json() {
        return json;
    }

    /** The name and version the events of a class are written under. */
    public MessageType typeOf(Class<?> event) {
        return formOf(event).type();
    }

    public EncodedEvent encode(LedgerEvent event) {
        Form form = formOf(event.getClass());
        return new EncodedEvent(
                form.type().name(), form.type().version(), form.writer().writeValueAsBytes(event));
    }

    /** Reads one event; what was never registered or does not fit is {@link LogUnreadable}. */
    public LedgerEvent decode(EncodedEvent event) {
        Form form = byType.get(new MessageType(event.type(), event.version()));
        if (form == null) {
            throw new LogUnreadable("no event is registered as " + event);
        }
        try {
            return form.reader().readValue(event.payload());
        } catch (JacksonException e) {
            throw new LogUnreadable("this is not what was registered: " + event, e);
        }
    }

    /** Metadata as JSON text, keys in order. */
    String encodeMetadata(Map<String, String> metadata) {
        return json.writeValueAsString(new TreeMap<>(metadata));
    }

    Map<String, String> decodeMetadata(String text) {
        try {
            return texts.readValue(text);
        } catch (JacksonException e) {
            throw new LogUnreadable("metadata is not a map of texts: " + text, e);
        }
    }

    /** A copy of any registered or plain value by way of its JSON tree. */
    <T> T convert(Object value, Class<T> target) {
        return json.convertValue(value, target);
    }

    private Form formOf(Class<?> event) {
        Form form = byClass.get(event);
        if (form == null) {
            throw new IllegalArgumentException(event + " is not registered with the codec");
        }
        return form;
    }
}
