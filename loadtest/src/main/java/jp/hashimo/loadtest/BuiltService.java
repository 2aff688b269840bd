package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service as the build left it: one jar that holds everything.
 *
 * <p>It is looked for where Maven puts it, seen from this module or from the root; the system
 * property {@code service.jar} names another.
 */
record BuiltService(Path jar) {
    private static final List<Path> FOLDERS =
            List.of(Path.of("../ledger-api/target"), Path.of("ledger-api/target"));

    static BuiltService find() {
        String named = System.getProperty("service.jar");
        if (named != null) {
            return new BuiltService(Path.of(named));
        }
        return FOLDERS.stream()
                .flatMap(BuiltService::jarsIn)
                .findFirst()
                .map(BuiltService::new)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "The service is not built; build it first: ./test -pl loadtest -am"));
    }

    private static Stream<Path> jarsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("ledger-api-.*\\.jar"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Unpacks it, as {@code ./run} does, because that starts in half the time.
     *
     * @return what {@code java -jar} starts
     */
    Path unpackInto(Path folder) throws IOException {
        Path application = folder.resolve("ledger.jar");
        if (Files.exists(application)) {
            return application;
        }
        Process unpacking =
                new ProcessBuilder(
                                ServiceProcess.java(),
                                "-Djarmode=tools",
                                "-jar",
                                jar.toAbsolutePath().toString(),
                                "extract",
                                "--destination",
                                folder.toString(),
                                "--application-filename",
                                "ledger.jar")
                        .redirectErrorStream(true)
                        .start();
        try (var output = unpacking.inputReader()) {
            List<String> said = output.lines().toList();
            int status = unpacking.onExit().join().exitValue();
            if (status != 0) {
                throw new IOException("unpacking " + jar + " failed: " + said);
            }
        }
        return application;
    }
}
