package jp.hashimo.ledger.readmodel;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.EncodedEvent;
import jp.hashimo.ledger.eventstore.EventCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The written form of every event, kept in {@code src/test/approved} as it goes into the log, byte
 * for byte. A log lives for years: a file there is never changed, and whoever changes an event
 * keeps the old file under its old version and adds the new one.
 */
class ApprovedSamplesTest {
    private static final Path APPROVED = Path.of("src", "test", "approved");
    private static final EventCodec CODEC = new EventCodec(LedgerEvents.all());
    private static final Map<String, LedgerEvent> SAMPLES = samples();

    private static Map<String, LedgerEvent> samples() {
        var samples = new TreeMap<String, LedgerEvent>();
        EventSamples.full().forEach(event -> samples.put(nameOf(event) + ".json", event));
        EventSamples.sparse().forEach(event -> samples.put(nameOf(event) + "-sparse.json", event));
        return samples;
    }

    private static String nameOf(LedgerEvent event) {
        EncodedEvent encoded = CODEC.encode(event);
        return encoded.type() + "-v" + encoded.version();
    }

    @Test
    void every_event_of_the_ledger_has_a_sample_and_only_one() {
        assertThat(EventSamples.full())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.copyOf(LedgerEvents.all()));
    }

    @Test
    void a_sample_says_everything_its_event_can_say() {
        assertThat(EventSamples.full())
                .allSatisfy(event ->
                        assertThat(components(event))
                                .doesNotContainNull()
                                .noneMatch(value -> value instanceof Collection<?> c && c.isEmpty())
                                .noneMatch(Boolean.FALSE::equals));
    }

    @Test
    void every_event_that_may_leave_something_out_has_a_sample_that_does() {
        var leavesOut =
                LedgerEvents.all().stream()
                        .filter(type ->
                                Stream.of(type.getRecordComponents())
                                        .anyMatch(ApprovedSamplesTest::isNullable))
                        .collect(toSet());

        assertThat(EventSamples.sparse())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.copyOf(leavesOut));
        assertThat(EventSamples.sparse())
                .allSatisfy(event -> {
                    for (RecordComponent component : event.getClass().getRecordComponents()) {
                        assertThat(read(component, event) == null)
                                .as(component.getName())
                                .isEqualTo(isNullable(component));
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> today_an_event_is_written_as_approved() {
        return SAMPLES.entrySet().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.getKey(),
                                () ->
                                        assertThat(APPROVED.resolve(sample.getKey()))
                                                .isRegularFile()
                                                .hasBinaryContent(
                                                        CODEC.encode(sample.getValue())
                                                                .payload())));
    }

    @TestFactory
    Stream<DynamicTest> whatever_was_ever_written_is_read_as_what_it_meant() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file, () -> reads(APPROVED.resolve(file))));
    }

    private static void reads(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String type = name.substring(0, name.indexOf("-v"));
        String version = name.substring(name.indexOf("-v") + 2).replaceFirst("(-.*)?\\.json", "");

        LedgerEvent read = CODEC.decode(new EncodedEvent(type, version, Files.readAllBytes(file)));

        assertThat(read).isEqualTo(SAMPLES.get(name));
    }

    @Test
    void no_sample_is_lost_and_none_is_unexplained() throws IOException {
        assertThat(files()).containsExactlyElementsOf(SAMPLES.keySet());
    }

    /** The samples are for people too: they can be read in any editor. */
    @Test
    void a_sample_is_plain_text_in_utf_8() throws IOException {
        for (String file : files()) {
            byte[] bytes = Files.readAllBytes(APPROVED.resolve(file));
            assertThat(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                    .as(file)
                    .isEqualTo(bytes);
        }
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(APPROVED)) {
            var names = new TreeSet<String>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            return names;
        }
    }

    private static List<@Nullable Object> components(LedgerEvent event) {
        return Stream.of(event.getClass().getRecordComponents())
                .<@Nullable Object>map(component -> read(component, event))
                .toList();
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(RecordComponent component, LedgerEvent event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a fact is a public record: " + event, e);
        }
    }
}
