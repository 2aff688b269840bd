package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads what facts are made of, records and instants, by their one written form: a replay reads
 * millions of them, and half of its time went into finding out in how many ways they might have
 * been written.
 */
final class RecordForms extends SimpleModule {
    private static final long serialVersionUID = 1L;

    RecordForms() {
        super("records as they were written");
        addDeserializer(Instant.class, new InstantReader());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Forms());
    }

    private static final class Forms extends Deserializers.Base {
        @Override
        public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return type.isRecordType() && !ValueForms.isId(type) && !ValueForms.isAmount(type)
                    ? new RecordReader(type, config.getTypeFactory())
                    : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> valueType) {
            return false;
        }
    }
}
