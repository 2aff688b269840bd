package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service as {@code ./run} starts it, with half a gigabyte of heap: unpacked, and with what a
 * JVM has learnt of its classes in a rehearsal, where there was one.
 */
public final class Program {
    /** The same for a rehearsal and a start: what was learnt with other options is of no use. */
    private static final List<String> OPTIONS =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseCompactObjectHeaders");

    /** It writes down what it has learnt as it ends. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(5);

    private final Path folder;
    private final boolean rehearsed;
    private Start start = Start.NEVER;
    private @Nullable Path jar;

    /** How it starts. */
    public enum Start {
        /** It was not asked for yet. */
        NEVER,
        /** As for the first time. */
        UNREHEARSED,
        /** As a user's second start. */
        REHEARSED
    }

    /**
     * @param folder where it is unpacked when it is first asked for
     * @param rehearsed whether it is rehearsed then, which takes a minute
     */
    public Program(Path folder, boolean rehearsed) {
        this.folder = folder.toAbsolutePath();
        this.rehearsed = rehearsed;
    }

    public Start start() {
        return start;
    }

    /** What {@code java -jar} starts. */
    Path jar() throws IOException {
        if (jar == null) {
            jar = BuiltService.find().unpackInto(folder.resolve("application"));
            start = rehearsed && rehearse(jar) ? Start.REHEARSED : Start.UNREHEARSED;
        }
        return jar;
    }

    /** With the cache a JVM that cannot use it does not start, so that no figure is another's. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(OPTIONS);
        if (start == Start.REHEARSED) {
            options.add("-XX:AOTCache=" + learnt());
            options.add("-XX:AOTMode=on");
        }
        return options;
    }

    private Path learnt() {
        return folder.resolve("ledger.aot");
    }

    /** One start with a town and a database of its own, as {@code ./run} does after a build. */
    private boolean rehearse(Path application) throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-XX:AOTCacheOutput=" + learnt());
        try (var rehearsal =
                ServiceProcess.demo(
                        application,
                        Files.createDirectories(folder.resolve("rehearsal")),
                        options)) {
            URI _ = rehearsal.start();
            rehearsal.stop(WRITTEN_WITHIN);
        }
        return Files.isRegularFile(learnt());
    }
}
