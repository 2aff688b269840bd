package jp.hashimo.api.config;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, ready for work: it runs, it keeps what it confirms, its tables are there, and the
 * service has a login that may use them and no more.
 */
final class LedgerDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);
    private static final int OLDEST_MAJOR = 15;
    private static final String UNSAFE_SETTINGS =
            "SELECT name FROM pg_settings"
                    + " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name";

    private final @Nullable EmbeddedPostgresServer embedded;
    private final DatabaseLogin service;

    private LedgerDatabase(@Nullable EmbeddedPostgresServer embedded, DatabaseLogin service) {
        this.embedded = embedded;
        this.service = service;
    }

    /** Opens the database that the operator named. */
    static LedgerDatabase at(DatabaseLogin owner, LedgerSettings settings) {
        if (!owner.url().startsWith("jdbc:postgresql:")) {
            throw new StartRefused(
                    "The ledger keeps its books in PostgreSQL, and %s is not one: give a jdbc:postgresql: address."
                            .formatted(owner.place()));
        }
        return new LedgerDatabase(null, prepare(owner, settings));
    }

    /** Starts our own PostgreSQL in the data folder. */
    static LedgerDatabase embedded(LedgerSettings settings) {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(settings);
        try {
            return new LedgerDatabase(server, prepare(server.owner(), settings));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    DatabaseLogin service() {
        return service;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private static DatabaseLogin prepare(DatabaseLogin owner, LedgerSettings settings) {
        try (Connection connection = owner.openOrRefuse()) {
            requireSupported(connection, owner);
            LOG.info("Preparing the tables…");
            DatabaseLogin service = serviceLogin(connection, owner, settings);
            Migrations.run(owner, service.user());
            requireDurable(service);
            return service;
        } catch (SQLException e) {
            throw owner.refusal(e);
        }
    }

    private static DatabaseLogin serviceLogin(
            Connection connection, DatabaseLogin owner, LedgerSettings settings)
            throws SQLException {
        String named = settings.database().serviceUser();
        if (named != null && !named.isBlank()) {
            return owner.as(
                    named, Objects.requireNonNullElse(settings.database().servicePassword(), ""));
        }
        return ServiceRole.ensure(connection, owner, DatabaseKey.in(settings.keys()));
    }

    private static void requireSupported(Connection connection, DatabaseLogin owner)
            throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_MAJOR) {
            throw new StartRefused(
                    "The database at %s is PostgreSQL %d; the ledger needs %d or newer."
                            .formatted(owner.place(), major, OLDEST_MAJOR));
        }
    }

    /**
     * Asked as the service, because these can be set for one role: an answer to a customer must
     * survive a power cut.
     */
    private static void requireDurable(DatabaseLogin service) throws SQLException {
        List<String> off = new ArrayList<>();
        try (Connection connection = service.openOrRefuse();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(UNSAFE_SETTINGS)) {
            while (rows.next()) {
                off.add(rows.getString(1));
            }
        }
        if (!off.isEmpty()) {
            throw new StartRefused(
                    "The database at %s would lose confirmed payments in a power cut, because it runs with %s off: set it on."
                            .formatted(service.place(), String.join(", ", off)));
        }
    }
}
