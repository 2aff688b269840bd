package jp.hashimo.ledger.eventstore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.type.TypeFactory;

/**
 * Reads a record from the object of its components. They stand in the order they are declared in,
 * for so they were written; any other order is read too, only slower.
 */
final class RecordReader extends ValueDeserializer<Object> {
    private final JavaType type;
    private final String[] names;
    private final JavaType[] types;
    private final ValueDeserializer<?>[] readers;
    private final MethodHandle constructor;

    RecordReader(JavaType type, TypeFactory all) {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        this.type = type;
        names = Stream.of(components).map(RecordComponent::getName).toArray(String[]::new);
        types =
                Stream.of(components)
                        .map(c -> all.resolveMemberType(c.getGenericType(), type.getBindings()))
                        .toArray(JavaType[]::new);
        readers = new ValueDeserializer<?>[components.length];
        constructor =
                ValueForms.constructorOf(type)
                        .asType(MethodType.genericMethodType(components.length))
                        .asSpreader(Object[].class, components.length);
    }

    /** Only now, for a component may be of the record's own type. */
    @Override
    public void resolve(DeserializationContext context) {
        for (int i = 0; i < types.length; i++) {
            readers[i] = context.findContextualValueDeserializer(types[i], null);
        }
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            return context.handleUnexpectedToken(type, in);
        }
        @Nullable Object[] values = new Object[names.length];
        int expected = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            int i = placeOf(name, expected);
            if (i < 0) {
                context.handleUnknownProperty(in, this, type.getRawClass(), name);
            } else {
                values[i] = token == JsonToken.VALUE_NULL ? null : read(i, in, context);
                expected = i + 1;
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = readers[i].getAbsentValue(context);
            }
        }
        return make(values, context);
    }

    /** Where it is expected or, since what is null was not written, a little further. */
    private int placeOf(String name, int expected) {
        for (int i = expected; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return List.of(names).indexOf(name);
    }

    private Object read(int i, JsonParser in, DeserializationContext context) {
        try {
            return readers[i].deserialize(in, context);
        } catch (RuntimeException e) {
            throw DatabindException.wrapWithPath(
                    context, e, new JacksonException.Reference(type.getRawClass(), names[i]));
        }
    }

    private Object make(@Nullable Object[] values, DeserializationContext context) {
        try {
            return constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw context.instantiationException(type.getRawClass(), e);
        }
    }
}
