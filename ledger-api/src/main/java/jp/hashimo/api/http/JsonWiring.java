package jp.hashimo.api.http;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import jp.hashimo.ledger.eventstore.ValueForms;
import jp.hashimo.ledger.money.TokyoTime;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as the contract wants it: amounts as whole numbers, ids as they print, instants with Tokyo's
 * offset, nothing unknown.
 */
@Configuration(proxyBeanMethods = false)
class JsonWiring {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer wholeJson(JsonMapper mapper) {
        return converters -> converters.withJsonConverter(new WholeJson(mapper));
    }

    @Bean
    JsonMapperBuilderCustomizer contract() {
        return json ->
                json.addModule(new ValueForms())
                        .addModule(
                                new SimpleModule("tokyo")
                                        .addSerializer(new TokyoInstant())
                                        .addDeserializer(Instant.class, new WrittenInstant()))
                        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(LogicalType.Textual, JsonWiring::textIsText)
                        .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    /** A number is no text: the store number 01234567 would lose its zero on the way. */
    private static void textIsText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static final class TokyoInstant extends StdSerializer<Instant> {
        TokyoInstant() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant at, JsonGenerator out, SerializationContext context) {
            out.writeString(
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(TokyoTime.TOKYO)));
        }
    }

    /** Only what is written as an instant: a mere number could be seconds or milliseconds. */
    private static final class WrittenInstant extends StdDeserializer<Instant> {
        WrittenInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getString();
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return Instants.parse(text);
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(text, Instant.class, e.getMessage());
                }
            }
            return (Instant) context.handleUnexpectedToken(Instant.class, in);
        }
    }
}
