package jp.hashimo.api.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own on the classes of this test, which can be killed without killing the test. */
record OtherProcess(Process process, BufferedReader output) implements AutoCloseable {
    static OtherProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new OtherProcess(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** Reads what it says up to the line, or to its end if that line never comes. */
    List<String> readUntil(String last) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(last)) {
                return lines;
            }
        }
        return lines;
    }

    /** Reads everything it says until it ends. */
    List<String> readAll() throws IOException {
        return output.lines().toList();
    }

    /** SIGKILL: no shutdown hook runs. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
