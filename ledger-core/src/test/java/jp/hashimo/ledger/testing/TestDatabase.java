package jp.hashimo.ledger.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, migrated database on a real PostgreSQL that is as durable as in production. One server
 * serves all tests of a JVM.
 */
public final class TestDatabase implements AutoCloseable {
    /** The role the service works as: it neither owns nor changes the log. */
    public static final String SERVICE_ROLE = "hashimo_service";

    private static final String LATEST = "latest";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final DataSource owner;
    private final HikariDataSource service;

    /**
     * Starts with the first test that needs it and ends with the JVM. With {@code
     * -Dledger.test.postgres=port} it is a server on this machine instead, whose superuser {@code
     * postgres} needs no password: so the same tests try other versions.
     */
    private static final class Server {
        private static final int PORT = start();

        private static int start() {
            Integer given = Integer.getInteger("ledger.test.postgres");
            int port = given == null ? embedded().getPort() : given;
            run(
                    database(port, "postgres"),
                    """
                    DO $$ BEGIN
                        CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
                    EXCEPTION WHEN duplicate_object THEN
                    END $$
                    """
                            .formatted(SERVICE_ROLE));
            return port;
        }

        private static EmbeddedPostgres embedded() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static DataSource database(int port, String name) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl("jdbc:postgresql://localhost:%d/%s".formatted(port, name));
            database.setUser("postgres");
            return database;
        }
    }

    private TestDatabase(String name, String schema) {
        this.name = name;
        run(Server.database(Server.PORT, "postgres"), "CREATE DATABASE " + name);
        this.owner = Server.database(Server.PORT, name);
        migrateTo(schema);
        this.service = pool(16);
    }

    /** An empty, migrated database of its own. */
    public static TestDatabase create() {
        return new TestDatabase(freshName(), LATEST);
    }

    /**
     * An empty database as an earlier build made it; {@link #migrate} brings it to today.
     *
     * @param schema the version of that build, of whatever module its last migration was
     */
    public static TestDatabase asOf(String schema) {
        // With the question mark it stops before the first newer one, be there one of this version
        // in this module or not.
        return new TestDatabase(freshName(), schema + "?");
    }

    private static String freshName() {
        return "ledger_test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    }

    /** Does what is left to do of this build's migrations, as a start of the service does. */
    public void migrate() {
        migrateTo(LATEST);
    }

    private void migrateTo(String schema) {
        Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .placeholders(Map.of("serviceRole", SERVICE_ROLE))
                .target(schema)
                .load()
                .migrate();
    }

    /** Pooled connections of the service's role. */
    public DataSource dataSource() {
        return service;
    }

    /** Another node's connections, pooled apart; the caller closes them. */
    public HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl());
        config.setUsername(SERVICE_ROLE);
        config.setPassword(SERVICE_ROLE);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    /** The owner of the tables, who may do what the service may not. */
    public DataSource owner() {
        return owner;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port(), name);
    }

    public int port() {
        return Server.PORT;
    }

    public String name() {
        return name;
    }

    /** Runs a statement as the owner. */
    public void execute(String sql) {
        run(owner, sql);
    }

    /** The first number of the first row, asked as the owner. */
    public long ask(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * Changes a setting of the whole server, for new and old sessions; put it back afterwards. One
     * of those the server was started with cannot be changed.
     */
    public void alterServer(String setting, String value) {
        run(owner, "ALTER SYSTEM SET " + setting + " = '" + value + "'");
        run(owner, "SELECT pg_reload_conf()");
        for (int looks = 0; !value.equals(setting(setting)); looks++) {
            if (looks > 10_000) {
                throw new IllegalStateException(setting + " stays " + setting(setting));
            }
        }
    }

    private String setting(String name) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static void run(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        service.close();
        run(Server.database(Server.PORT, "postgres"), "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
