package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL that works on a folder, which outlives the service that started it. */
public record Postmaster(Path databaseFolder) {
    private static final Path PROC = Path.of("/proc");
    private static final Duration FAST_STOP = Duration.ofSeconds(30);

    /** The process named in the folder, only if it really is a PostgreSQL that works there. */
    public Optional<ProcessHandle> find() {
        try {
            List<String> lines = Files.readAllLines(databaseFolder.resolve("postmaster.pid"));
            return lines.stream()
                    .limit(1)
                    .map(String::strip)
                    .filter(number -> number.matches("\\d{1,18}"))
                    .findFirst()
                    .flatMap(number -> ProcessHandle.of(Long.parseLong(number)))
                    .filter(this::worksHere);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends it and returns when it has ended. */
    public void stop() {
        find().ifPresent(postmaster -> {
            // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
            if (!signalled(postmaster, "INT", FAST_STOP)) {
                var _ = signalled(postmaster, "QUIT", FAST_STOP);
            }
        });
    }

    private boolean worksHere(ProcessHandle process) {
        if (!Files.isDirectory(PROC)) {
            String command = process.info().commandLine().orElse("");
            return command.contains("postgres") && command.contains(databaseFolder.toString());
        }
        Path proc = PROC.resolve(Long.toString(process.pid()));
        try {
            return Files.readString(proc.resolve("comm")).strip().equals("postgres")
                    && Files.isSameFile(proc.resolve("cwd"), databaseFolder);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean signalled(ProcessHandle process, String signal, Duration patience) {
        try {
            var _ =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .start()
                            .onExit()
                            .join();
            var _ = process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
