package jp.hashimo.ledger.eventstore;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.ledger.id.Id;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.MapType;

/** The writing half of {@link ValueForms}. */
final class WrittenForms extends Serializers.Base {

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        if (ValueForms.isId(type)) {
            return new IdWriter();
        }
        return ValueForms.isAmount(type) ? new AmountWriter(ValueForms.amountOf(type)) : null;
    }

    @Override
    public ValueSerializer<?> findMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable ValueSerializer<Object> keys,
            @Nullable TypeSerializer elementType,
            @Nullable ValueSerializer<Object> elements) {
        return new MapWriter();
    }

    private static final class IdWriter extends ValueSerializer<Id> {
        @Override
        public void serialize(Id id, JsonGenerator out, SerializationContext context) {
            out.writeString(id.toString());
        }
    }

    private static final class AmountWriter extends ValueSerializer<Object> {
        private final MethodHandle amount;

        AmountWriter(MethodHandle amount) {
            this.amount = amount;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            out.writeNumber((long) ValueForms.call(amount, value));
        }
    }

    /** {@code Map.of} has another order in every process, which would make unequal bytes. */
    private static final class MapWriter extends ValueSerializer<Map<?, ?>> {
        @Override
        public void serialize(Map<?, ?> map, JsonGenerator out, SerializationContext context) {
            TreeMap<String, Object> ordered = new TreeMap<>();
            map.forEach((key, value) -> ordered.put(nameOf(key), value));
            out.writeStartObject();
            ordered.forEach((name, value) -> {
                out.writeName(name);
                context.writeValue(out, value);
            });
            out.writeEndObject();
        }

        private static String nameOf(Object key) {
            return key instanceof Enum<?> constant ? constant.name() : key.toString();
        }
    }
}
