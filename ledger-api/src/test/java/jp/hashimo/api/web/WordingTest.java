package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a screen says, it can say in all three ways. */
class WordingTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern IN_PAGES = Pattern.compile("#\\{([a-z0-9.-]+)");

    /** A key that is put together names its first part and ends with a dot. */
    private static final Pattern IN_SCRIPTS = Pattern.compile("say\\(['`]([A-Za-z.]+)");

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    private static final Map<String, String> JAPANESE = Bundles.read("web");

    @ParameterizedTest
    @ValueSource(strings = {"web_en", "web_ja__easy"})
    void every_wording_has_every_text_with_the_same_places_to_fill(String name) {
        Map<String, String> other = Bundles.read(name);

        assertThat(other.keySet()).isEqualTo(JAPANESE.keySet());
        assertThat(other)
                .allSatisfy((key, text) -> {
                    assertThat(text).isNotBlank();
                    assertThat(places(text))
                            .as(key)
                            .isEqualTo(places(JAPANESE.getOrDefault(key, "")));
                });
    }

    @Test
    void no_page_asks_for_a_text_that_is_not_there() throws IOException {
        assertThat(found(RESOURCES.resolve("templates"), IN_PAGES))
                .isNotEmpty()
                .isSubsetOf(JAPANESE.keySet());
    }

    @Test
    void no_script_asks_for_a_text_that_is_not_there() throws IOException {
        Set<String> keys = found(RESOURCES.resolve("static").resolve("app"), IN_SCRIPTS);

        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(JAPANESE.keySet())
                                .as(key)
                                .anyMatch(known ->
                                        key.endsWith(".")
                                                ? known.startsWith("say." + key)
                                                : known.equals("say." + key)));
    }

    /** Easy Japanese is for those who read few characters. */
    @Test
    void easy_japanese_uses_few_chinese_characters() {
        assertThat(Bundles.read("web_ja__easy"))
                .allSatisfy((key, text) ->
                        assertThat(text.codePoints().filter(Character::isIdeographic).count())
                                .as("%s: %s", key, text)
                                .isLessThanOrEqualTo(6));
    }

    @Test
    void amounts_are_written_with_half_width_digits() {
        assertThat(List.of("web", "web_ja__easy", "web_en"))
                .allSatisfy(name ->
                        assertThat(Bundles.read(name).values())
                                .noneMatch(text -> text.matches(".*[０-９].*")));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Set<String> found(Path folder, Pattern pattern) throws IOException {
        var keys = new TreeSet<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(WordingTest::isText).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".html") || name.endsWith(".js");
    }
}
