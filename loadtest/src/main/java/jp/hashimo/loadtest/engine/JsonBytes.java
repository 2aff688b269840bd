package jp.hashimo.loadtest.engine;

import java.lang.reflect.Type;
import java.util.Map;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.EventCodec;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.ConversionException;
import org.axonframework.conversion.Converter;
import org.jspecify.annotations.Nullable;

/** Our events and their metadata as the bytes our own engine writes, for an engine of Axon's. */
record JsonBytes(EventCodec codec) implements Converter {
    @Override
    public boolean canConvert(Type source, Type target) {
        return target == byte[].class
                && source instanceof Class<?> from
                && (LedgerEvent.class.isAssignableFrom(from) || Map.class.isAssignableFrom(from));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T convert(@Nullable Object input, Type target) {
        return switch (input) {
            case null -> null;
            case LedgerEvent event when target == byte[].class -> (T) codec.encode(event).payload();
            case Map<?, ?> metadata when target == byte[].class ->
                    (T) codec.json().writeValueAsBytes(metadata);
            default ->
                    throw new ConversionException(
                            "cannot make a " + target + " of a " + input.getClass());
        };
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("codec", codec);
    }
}
