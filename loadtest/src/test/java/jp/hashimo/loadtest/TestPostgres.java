package jp.hashimo.loadtest;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
    private final int port;
    private @Nullable EmbeddedPostgres server;

    TestPostgres(Path folder) throws IOException {
        this.folder = folder;
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
        var log = ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile());
        server =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(data())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                        .setPGStartupWait(PATIENCE)
                        .setOutputRedirector(log)
                        .setErrorRedirector(log)
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
        new Postmaster(data())
                .find()
                .ifPresent(postmaster -> {
                    postmaster.destroyForcibly();
                    postmaster.onExit().join();
                });
    }

    boolean runs() {
        return new Postmaster(data()).find().isPresent();
    }

    /** Returns when its own log has these words; false if it does not within the time. */
    boolean saysWithin(String words, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.readString(folder.resolve("postgres.log")).contains(words)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
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

    /** Does something as its owner. */
    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(port), owner());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
