package jp.hashimo.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a figure was measured on, in one line. */
public final class Machine {
    private static final Pattern THREE_NUMBERS = Pattern.compile("\\d+(\\.\\d+){0,2}");

    private Machine() {}

    public static String describe() {
        return "%s, %d CPUs, %s, Linux %s, Java %s"
                .formatted(
                        value("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        gibibytes(value("/proc/meminfo", "MemTotal")),
                        kernel(System.getProperty("os.version")),
                        System.getProperty("java.version"));
    }

    /** Its version alone: what a distributor adds to it names machines and not what they do. */
    static String kernel(String release) {
        var version = THREE_NUMBERS.matcher(release);
        return version.lookingAt() ? version.group() : "unknown";
    }

    private static String value(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String gibibytes(String kibibytes) {
        return kibibytes.endsWith(" kB")
                ? Math.round(Double.parseDouble(kibibytes.replace(" kB", "")) / (1 << 20)) + " GiB"
                : kibibytes;
    }
}
