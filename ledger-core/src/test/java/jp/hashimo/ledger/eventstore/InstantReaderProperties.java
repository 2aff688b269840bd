package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Instants are read as the general parser reads them, whatever they look like. */
class InstantReaderProperties {
    private static final JsonMapper GENERAL = JsonMapper.builder().build();

    private final JsonMapper json = new EventCodec(Town.EVENTS).json();

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Long> seconds =
                Arbitraries.longs()
                        .between(
                                Instant.parse("-0001-01-01T00:00:00Z").getEpochSecond(),
                                Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond());
        Arbitrary<Long> nanos =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 999_999_999),
                        Arbitraries.longs().between(0, 999_999).map(micros -> micros * 1_000),
                        Arbitraries.longs().between(0, 999).map(millis -> millis * 1_000_000),
                        Arbitraries.just(0L));
        return seconds.flatMap(second -> nanos.map(nano -> Instant.ofEpochSecond(second, nano)));
    }

    @Property
    void an_instant_is_read_as_it_was_written(@ForAll @From("instants") Instant at) {
        assertThat(read(at.toString())).isEqualTo(at);
    }

    /** One character of an instant is another, or is missing, or there is one too many. */
    @Provide
    Arbitrary<String> spoilt() {
        Arbitrary<String> characters =
                Arbitraries.oneOf(
                        Arbitraries.of("", "0", "9", "-", "+", ":", ".", ",", "T", "t", "Z", "z"),
                        Arbitraries.of("00", "24", "60", " ", "/", "٣"));
        return instants()
                .flatMap(at -> {
                    String text = at.toString();
                    return Arbitraries.integers()
                            .between(0, text.length() - 1)
                            .flatMap(i ->
                                    characters.map(
                                            c -> text.substring(0, i) + c + text.substring(i + 1)));
                });
    }

    @Property
    void what_looks_different_is_left_to_the_general_parser(@ForAll @From("spoilt") String text) {
        assertReadAlike(text);
    }

    @Example
    void no_day_is_made_up() {
        for (String text :
                List.of(
                        "2026-02-28T24:00:00Z",
                        "2026-02-29T00:00:00Z",
                        "2028-02-29T00:00:00Z",
                        "2026-13-01T00:00:00Z",
                        "2026-00-10T00:00:00Z",
                        "2026-12-31T23:59:60Z",
                        "2026-12-31T23:60:00Z",
                        "2026-12-31T23:59:59.Z",
                        "2026-12-31T23:59:59.1Z",
                        "2026-12-31T23:59:59.1234567890Z",
                        "2026-12-31T23:59:59+09:00",
                        "2026-12-31",
                        "")) {
            assertReadAlike(text);
        }
    }

    private void assertReadAlike(String text) {
        Instant expected;
        try {
            expected = GENERAL.readValue(quoted(text), Instant.class);
        } catch (JacksonException e) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
            return;
        }
        assertThat(read(text)).isEqualTo(expected);
    }

    private Instant read(String text) {
        return json.readValue(quoted(text), Instant.class);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
