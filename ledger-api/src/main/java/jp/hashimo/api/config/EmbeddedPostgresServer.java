package jp.hashimo.api.config;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, for a city that has none: it runs beside the service, keeps its files in
 * the data folder, and is there again after a stop, a kill or a power cut with everything it
 * confirmed.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    /** The version of the binaries we ship; a folder of another one is refused. */
    static final int MAJOR = 18;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final String OWNER = "postgres";
    private static final String DATABASE = "ledger";
    // Long, because after a power cut it first replays its log.
    private static final Duration START = Duration.ofSeconds(60);
    private static final long LOG_BYTES = 10_000_000;

    private final DataFolderLock lock;
    private final PostgresFolder folder;
    private final EmbeddedPostgres server;
    private final DatabaseLogin owner;

    private EmbeddedPostgresServer(
            DataFolderLock lock,
            PostgresFolder folder,
            EmbeddedPostgres server,
            DatabaseLogin owner) {
        this.lock = lock;
        this.folder = folder;
        this.server = server;
        this.owner = owner;
    }

    /**
     * Starts the server on {@code <data folder>/postgres}, and makes the database there if it is
     * the first time.
     */
    public static EmbeddedPostgresServer start(LedgerSettings settings) {
        DataFolderLock lock = DataFolderLock.take(settings.dataDir());
        try {
            return start(settings, lock);
        } catch (IOException | SQLException e) {
            lock.close();
            throw new StartRefused(
                    "PostgreSQL did not start in %s (%s); its own words are in %s."
                            .formatted(settings.dataDir(), e, log(settings.dataDir())),
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgresServer start(LedgerSettings settings, DataFolderLock lock)
            throws IOException, SQLException {
        Path dataDir = settings.dataDir();
        PostgresFolder folder = new PostgresFolder(dataDir.resolve("postgres"));
        folder.requireMajor(MAJOR);
        folder.stopServer();
        // The mark stands from before the first file until the database is complete: what a broken
        // first start left is no database.
        Path mark = dataDir.resolve("postgres.unfinished");
        if (Files.exists(mark) && Files.exists(folder.path())) {
            folder.delete();
        }
        boolean first = !folder.holdsDatabase();
        if (!first && !DatabaseKey.isIn(settings.keys())) {
            throw new StartRefused(
                    "The key that opens the database in %s is missing: restore %s from its backup."
                            .formatted(folder.path(), DatabaseKey.fileIn(settings.keys())));
        }
        DatabaseKey key = DatabaseKey.in(settings.keys());
        if (first) {
            LOG.info("Making the database in {}…", folder.path());
            Files.deleteIfExists(mark);
            Files.createFile(mark);
        }
        LOG.info("Starting PostgreSQL…");
        String password = key.passwordFor("owner");
        EmbeddedPostgres server = launch(dataDir, folder, password);
        try {
            DatabaseLogin owner = new DatabaseLogin(url(server, DATABASE), OWNER, password);
            createDatabase(owner.at(url(server, OWNER)));
            Files.deleteIfExists(mark);
            return new EmbeddedPostgresServer(lock, folder, server, owner);
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(Path dataDir, PostgresFolder folder, String password)
            throws IOException {
        Path passwordFile = dataDir.resolve("keys").resolve("initdb");
        Files.deleteIfExists(passwordFile);
        PrivateFiles.writePrivately(passwordFile, password.getBytes(StandardCharsets.US_ASCII));
        Path binaries = dataDir.resolve("postgres-binaries");
        PrivateFiles.createPrivateFolder(binaries);
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(freshLog(dataDir));
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.path())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPGStartupWait(START)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setConnectConfig("password", password)
                    // Every other user of this machine can reach the port, so even here nobody is
                    // trusted without a password.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    // One order of letters on every machine, whatever its language.
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("log_timezone", "UTC")
                    // The library is made for tests and starts PostgreSQL without them; a ledger is
                    // not a test.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException | IllegalStateException e) {
            folder.stopServer();
            throw new StartRefused(
                    "PostgreSQL did not start in %s; its own words are in %s%s."
                            .formatted(folder.path(), log(dataDir), rootHint()),
                    e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /**
     * PostgreSQL refuses to run as root; the library asks the kernel for a user namespace, which
     * some containers forbid.
     */
    private static String rootHint() {
        return "root".equals(System.getProperty("user.name"))
                ? " (as root it needs user namespaces: otherwise run as an ordinary user)"
                : "";
    }

    private static void createDatabase(DatabaseLogin login) throws SQLException {
        try (Connection connection = login.open();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    /**
     * The login of the owner of everything in this database; the service itself works as a lesser
     * role.
     */
    DatabaseLogin owner() {
        return owner;
    }

    /** Returns when the server has written everything and ended. */
    @Override
    public void close() {
        try {
            server.close();
            folder.stopServer();
        } catch (IOException e) {
            LOG.warn("PostgreSQL was not stopped cleanly; the next start recovers", e);
        } finally {
            lock.close();
        }
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), database);
    }

    private static Path log(Path dataDir) {
        return dataDir.resolve("postgres.log");
    }

    private static File freshLog(Path dataDir) throws IOException {
        Path log = log(dataDir);
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(
                    log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log.toFile();
    }
}
