package jp.hashimo.ledger.eventstore;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import jp.hashimo.ledger.decision.LedgerEvent;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.ConversionException;
import org.axonframework.conversion.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Axon's way to the {@link EventCodec}.
 *
 * <p>The store hands out decoded events, so hardly anything is left to convert: a value that
 * already is what is asked for is handed through, and an event becomes its JSON as bytes or text.
 */
public final class CodecConverter implements Converter {
    private final EventCodec codec;

    public CodecConverter(EventCodec codec) {
        this.codec = codec;
    }

    @Override
    public boolean canConvert(Type source, Type target) {
        return source instanceof Class<?> from
                && target instanceof Class<?> to
                && (to.isAssignableFrom(from)
                        || (LedgerEvent.class.isAssignableFrom(from)
                                && (to == byte[].class || to == String.class)));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T convert(@Nullable Object input, Type target) {
        if (input == null) {
            return null;
        }
        if (target instanceof Class<?> to) {
            if (to.isInstance(input)) {
                return (T) input;
            }
            if (input instanceof LedgerEvent event && to == byte[].class) {
                return (T) codec.encode(event).payload();
            }
            if (input instanceof LedgerEvent event && to == String.class) {
                return (T) new String(codec.encode(event).payload(), StandardCharsets.UTF_8);
            }
        }
        throw new ConversionException("cannot make a " + target + " of a " + input.getClass());
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("codec", codec);
    }
}
