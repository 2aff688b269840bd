package jp.hashimo.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which state of somebody's code was measured, as git names it. */
public final class Revision {
    static final String UNKNOWN = "unknown";

    private Revision() {}

    /**
     * Of a work tree, where {@code -dirty} says that it was changed since, or of a bare git
     * directory; {@code unknown} of any other folder, even inside a checkout.
     */
    public static String of(Path checkout) {
        Path folder = checkout.toAbsolutePath();
        if (Files.exists(folder.resolve(".git"))) {
            return ask("git", "-C", folder.toString(), "describe", "--always", "--dirty");
        }
        return Files.exists(folder.resolve("HEAD"))
                ? ask("git", "--git-dir=" + folder, "describe", "--always")
                : UNKNOWN;
    }

    private static String ask(String... command) {
        try {
            Process git =
                    new ProcessBuilder(List.of(command))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var output = git.inputReader()) {
                String name = output.readLine();
                return git.onExit().join().exitValue() == 0 && name != null ? name : UNKNOWN;
            }
        } catch (IOException e) {
            // There is no git on this machine.
            return UNKNOWN;
        }
    }
}
