package jp.hashimo.ledger.eventstore;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.invoke.MethodHandle;
import jp.hashimo.ledger.id.Id;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.Serializers;

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
}
