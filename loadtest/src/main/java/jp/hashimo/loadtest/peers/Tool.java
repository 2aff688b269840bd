package jp.hashimo.loadtest.peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine that a contestant needs. */
final class Tool {
    private Tool() {}

    /** Says what is missing, if the command is not on the path. */
    static Optional<String> missing(String command) {
        boolean found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        return found ? Optional.empty() : Optional.of("there is no command " + command);
    }

    /** Runs it to its end; what it printed on its standard output. */
    static String run(Path folder, List<String> command) throws IOException {
        Path errors = Files.createTempFile(folder, "said", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(errors.toFile())
                        .start();
        String output;
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            output = String.join("\n", lines.lines().toList());
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(
                    command.getFirst() + " failed: " + Files.readString(errors) + output);
        }
        return output;
    }
}
