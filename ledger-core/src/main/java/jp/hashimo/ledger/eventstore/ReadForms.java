package jp.hashimo.ledger.eventstore;

import java.lang.invoke.MethodHandle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;

/** The reading half of {@link ValueForms}. */
final class ReadForms extends Deserializers.Base {

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        if (ValueForms.isId(type)) {
            return new ValueReader(
                    type, JsonToken.VALUE_STRING, JsonParser::getString, ValueForms.parserOf(type));
        }
        return ValueForms.isAmount(type)
                ? new ValueReader(
                        type,
                        JsonToken.VALUE_NUMBER_INT,
                        JsonParser::getLongValue,
                        ValueForms.constructorOf(type))
                : null;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> valueType) {
        return false;
    }

    static KeyDeserializer keyOf(JavaType type) {
        MethodHandle parser = ValueForms.parserOf(type);
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return ValueForms.call(parser, key);
            }
        };
    }

    private static final class ValueReader extends ValueDeserializer<Object> {
        private final JavaType type;
        private final JsonToken expected;
        private final Function<JsonParser, Object> content;
        private final MethodHandle maker;

        ValueReader(
                JavaType type,
                JsonToken expected,
                Function<JsonParser, Object> content,
                MethodHandle maker) {
            this.type = type;
            this.expected = expected;
            this.content = content;
            this.maker = maker;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            if (!in.hasToken(expected)) {
                return context.handleUnexpectedToken(type, in);
            }
            return ValueForms.call(maker, content.apply(in));
        }
    }
}
