package jp.hashimo.loadtest.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one measurement, which goes with all that is in it. */
public record ScratchFolder(Path path) implements AutoCloseable {
    /** Makes one inside a folder, which has to be on the disk that is to be measured. */
    public static ScratchFolder in(Path parent) throws IOException {
        return new ScratchFolder(
                Files.createTempDirectory(Files.createDirectories(parent), "benchmark")
                        .toAbsolutePath());
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Collections.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
