package jp.hashimo.ledger.eventstore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.concurrent.Callable;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.Id;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.module.SimpleModule;

/**
 * How the ledger's small values look in JSON, by two rules instead of a list: an id is its printed
 * form, and a record around a single {@code long} is that number.
 */
public final class ValueForms extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public ValueForms() {
        super("ledger values");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addSerializers(new WrittenForms());
        context.addDeserializers(new ReadForms());
        context.addKeyDeserializers((type, _, _) -> isId(type) ? ReadForms.keyOf(type) : null);
    }

    static boolean isId(JavaType type) {
        return type.isTypeOrSubTypeOf(Id.class) && !type.isInterface();
    }

    /** An event is never a mere number, however few its components. */
    static boolean isAmount(JavaType type) {
        if (!type.isRecordType() || type.isTypeOrSubTypeOf(LedgerEvent.class)) {
            return false;
        }
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        return components.length == 1 && components[0].getType() == long.class;
    }

    /** Ids are read by the static {@code parse} of their class. */
    static MethodHandle parserOf(JavaType type) {
        Class<?> raw = type.getRawClass();
        return found(() ->
                reaching(raw).findStatic(raw, "parse", MethodType.methodType(raw, String.class)));
    }

    static MethodHandle constructorOf(JavaType type) {
        Class<?> raw = type.getRawClass();
        return found(() ->
                reaching(raw).findConstructor(raw, MethodType.methodType(void.class, long.class)));
    }

    static MethodHandle amountOf(JavaType type) {
        Class<?> raw = type.getRawClass();
        return found(() -> reaching(raw).unreflect(raw.getRecordComponents()[0].getAccessor()));
    }

    /** Calls a handle that throws nothing checked. */
    static Object call(MethodHandle handle, Object argument) {
        try {
            return handle.invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandles.Lookup reaching(Class<?> raw) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(raw, MethodHandles.lookup());
    }

    private static MethodHandle found(Callable<MethodHandle> search) {
        try {
            return search.call();
        } catch (Exception e) {
            throw new IllegalArgumentException("a value has no way in or out: " + e, e);
        }
    }
}
