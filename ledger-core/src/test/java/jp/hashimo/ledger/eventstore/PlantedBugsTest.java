package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bugs that {@code src/test/plant} plants still fit the engine they are planted in; whether
 * they are caught, that script tries.
 */
class PlantedBugsTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve("src/test/planted"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void a_planted_bug_finds_its_place(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        assertThat(lines.get(0)).startsWith("What: ");
        assertThat(lines.get(1)).startsWith("Test: ");
        String file = lines.get(2).substring("--- a/ledger-core/".length());
        String source = Files.readString(MODULE.resolve(file));
        assertThat(places(lines.subList(4, lines.size())))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(source).contains(place));
    }

    /** What stands in the file before, hunk by hunk. */
    private static List<String> places(List<String> hunks) {
        List<String> places = new ArrayList<>();
        for (String line : hunks) {
            if (line.startsWith("@@")) {
                places.add("");
            } else if (line.startsWith(" ") || line.startsWith("-")) {
                places.add(places.removeLast() + line.substring(1) + '\n');
            }
        }
        return places;
    }
}
