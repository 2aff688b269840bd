package jp.hashimo.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an embedded PostgreSQL, and the processes that work on it. A server outlives the
 * service that was killed beside it, and has to stop before the next one starts.
 */
final class PostgresFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresFolder.class);
    private static final Path PROC = Path.of("/proc");
    private static final Duration FAST_STOP = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);

    private final Path path;

    PostgresFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean holdsDatabase() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /**
     * A folder of another major version is refused before anything touches it: PostgreSQL does not
     * convert folders.
     */
    void requireMajor(int major) throws IOException {
        if (!holdsDatabase()) {
            return;
        }
        String found = Files.readString(path.resolve("PG_VERSION")).strip();
        if (!found.equals(Integer.toString(major))) {
            throw new StartRefused(
                    ("The data folder %s was written by PostgreSQL %s, and this build brings PostgreSQL %d: start the build that"
                                    + " wrote it, or move the data with pg_dump.")
                            .formatted(path, found, major));
        }
    }

    /**
     * Stops the server that still works on this folder, if there is one, and returns when nobody
     * does.
     */
    void stopServer() throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        Optional<ProcessHandle> postmaster = postmaster();
        if (postmaster.isPresent()) {
            stop(postmaster.get());
        }
        for (ProcessHandle worker : workers()) {
            if (!ends(worker, IMMEDIATE_STOP)) {
                throw new StartRefused(
                        "Process %d, a PostgreSQL, still works on %s and does not stop: end it, then start again."
                                .formatted(worker.pid(), path));
            }
        }
        // Whoever wrote it is gone. Left behind, it would stop the next server when its number
        // belongs to some other process.
        Files.deleteIfExists(pidFile());
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void stop(ProcessHandle postmaster) throws IOException {
        LOG.info(
                "Stopping the PostgreSQL that an earlier run left behind (process {})…",
                postmaster.pid());
        // SIGINT is the fast shutdown: clients are sent away, everything is written. SIGQUIT leaves
        // the rest to crash recovery.
        signal(postmaster, "INT");
        if (!ends(postmaster, FAST_STOP)) {
            signal(postmaster, "QUIT");
            boolean ended = ends(postmaster, IMMEDIATE_STOP);
            LOG.warn(
                    "PostgreSQL did not stop within {}; told to stop at once: {}",
                    FAST_STOP,
                    ended);
        }
    }

    /**
     * The server named in the folder, only if that number really is a PostgreSQL on this folder:
     * numbers are used again.
     */
    private Optional<ProcessHandle> postmaster() throws IOException {
        if (Files.notExists(pidFile())) {
            return Optional.empty();
        }
        String number = Files.readAllLines(pidFile()).stream().findFirst().orElse("").strip();
        if (!number.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(number)).filter(this::worksHere);
    }

    private List<ProcessHandle> workers() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        if (!Files.isDirectory(PROC)) {
            String command = process.info().commandLine().orElse("");
            return command.contains("postgres") && command.contains(path.toString());
        }
        Path proc = PROC.resolve(Long.toString(process.pid()));
        try {
            return Files.readString(proc.resolve("comm")).strip().equals("postgres")
                    && Files.isSameFile(proc.resolve("cwd"), path);
        } catch (IOException e) {
            // It ended meanwhile, or belongs to somebody whose processes we may not see and whose
            // folder this cannot be.
            return false;
        }
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", name, Long.toString(process.pid()))
                .start();
    }

    /**
     * Asks again and again whether it still works here, because the system tells only a parent that
     * its child has ended, and the parent of this one was killed.
     */
    private boolean ends(ProcessHandle process, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (worksHere(process)) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private Path pidFile() {
        return path.resolve("postmaster.pid");
    }
}
