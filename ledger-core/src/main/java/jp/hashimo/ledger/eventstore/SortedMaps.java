package jp.hashimo.ledger.eventstore;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.MapType;

/**
 * Writes maps in the order of their keys' names, for what is kept byte for byte: {@code Map.of} has
 * another order in every process.
 */
final class SortedMaps extends SimpleModule {
    private static final long serialVersionUID = 1L;

    SortedMaps() {
        super("sorted maps");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addSerializers(new Forms());
    }

    private static final class Forms extends Serializers.Base {
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
    }

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
