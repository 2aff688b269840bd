package jp.hashimo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hashimo.gateway.EmvTlv.Field;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EmvPayloadProperties {
    @Property
    void fields_are_read_back_as_they_were_written(@ForAll("fields") List<Field> fields) {
        assertThat(EmvTlv.read(EmvTlv.write(fields))).contains(fields);
    }

    @Property
    void any_text_has_an_answer(@ForAll String text) {
        assertThat(EmvPayload.read("000201" + text)).isNotNull();
        assertThat(EmvPayload.read(text)).isNotInstanceOf(EmvPayload.Intact.class);
    }

    @Property
    void what_is_read_is_written_to_the_same_letters(@ForAll("nearlyFields") String text) {
        EmvTlv.read(text).ifPresent(fields -> assertThat(EmvTlv.write(fields)).isEqualTo(text));
    }

    @Provide
    Arbitrary<List<Field>> fields() {
        Arbitrary<String> ids = Arbitraries.strings().numeric().ofLength(2);
        Arbitrary<String> values =
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withCharRange('ぁ', '店')
                        .ofMinLength(1)
                        .ofMaxLength(99);
        return Combinators.combine(ids, values)
                .as(Field::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .uniqueElements(Field::id);
    }

    @Provide
    Arbitrary<String> nearlyFields() {
        return Arbitraries.strings().withChars('0', '1', '2', '３', 'x').ofMaxLength(40);
    }
}
