package jp.hashimo.loadtest;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import jp.hashimo.loadtest.check.Database;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that is not the service's own: it may be stopped, killed and set back to an older
 * copy, and comes back at the same port.
 */
final class TestPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Path folder;
    private final Path log;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    /**
     * @param log where it tells what happens to it; not among its own files, so that it can be told
     *     of them
     */
    TestPostgres(Path folder, Path log) throws IOException {
        this.folder = folder;
        this.log = log;
        try (var free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        start();
    }

    int port() {
        return port;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Starts it where it was left, however it ended. */
    void start() throws IOException {
        if (server != null) {
            // It has ended long ago, and only its library holds on to the folder.
            server.close();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                launch();
                return;
            } catch (IOException | IllegalStateException e) {
                // What a kill left behind holds its memory for a moment.
                new Postmaster(data()).stop();
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                if (System.nanoTime() - end > 0) {
                    throw new IOException("PostgreSQL does not start again", e);
                }
            }
        }
    }

    private void launch() throws IOException {
        var told = ProcessBuilder.Redirect.appendTo(log.toFile());
        server =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(data())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                        .setPGStartupWait(PATIENCE)
                        .setOutputRedirector(told)
                        .setErrorRedirector(told)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("timezone", "UTC")
                        .start();
    }

    /** As an operator stops it: nobody is waited for, and everything is written. */
    void stop() {
        new Postmaster(data()).stop();
    }

    /** SIGKILL to its first process; the others end when they notice. */
    void kill() {
        ProcessHandle postmaster =
                new Postmaster(data())
                        .find()
                        .orElseThrow(() -> new IllegalStateException("no postgres in " + data()));
        if (!postmaster.destroyForcibly()) {
            throw new IllegalStateException(postmaster + " cannot be killed");
        }
        postmaster.onExit().join();
    }

    boolean runs() {
        return new Postmaster(data()).find().isPresent();
    }

    /** How much it has told of itself. */
    long told() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /**
     * Returns when its own log has these words; false if it does not within the time.
     *
     * @param after how much it had {@link #told} before
     */
    boolean saysWithin(String words, long after, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!toldAfter(after).contains(words)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private String toldAfter(long position) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = Math.toIntExact(Math.min(position, all.length));
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** A copy of all its files, while it is stopped. */
    void copyTo(Path copy) throws IOException {
        replace(data(), copy);
    }

    /** Its files as they were, while it is stopped. */
    void setBackTo(Path copy) throws IOException {
        replace(copy, data());
    }

    private static void replace(Path from, Path to) throws IOException {
        delete(to);
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs)
                            throws IOException {
                        Path made = Files.createDirectories(to.resolve(from.relativize(dir)));
                        Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(dir));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs)
                            throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Where its owner reaches it through a port, its own or a proxy's. */
    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    Database ledger() throws SQLException {
        return new Database(url(port), owner(), "hashimo");
    }

    /**
     * Changes something as its owner.
     *
     * @return how many rows
     */
    int change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(port), owner());
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static Properties owner() {
        var owner = new Properties();
        owner.setProperty("user", "postgres");
        owner.setProperty("password", "postgres");
        return owner;
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stop();
        }
    }
}
