package jp.hashimo.api.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.postgresql.PGConnection;

/**
 * The role the service works as. It owns nothing, so that not even a fault in the service can
 * rewrite the log: what it may do is granted table by table in the migrations.
 */
final class ServiceRole {
    private static final int MAX_BYTES = 63;
    private static final String SUFFIX = "_service";
    // Two nodes that start at once make one role. The number only has to be the same on every node.
    private static final long LOCK = 0x68617368696d6f01L;
    private static final String ROLE_EXISTS = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String ROLE_WORKS = "SELECT 1 FROM pg_stat_activity WHERE usename = ?";

    private ServiceRole() {}

    /**
     * Finds or makes the role for the database that the owner is connected to, and returns its
     * login.
     */
    static DatabaseLogin ensure(Connection owner, DatabaseLogin ownerLogin, DatabaseKey key)
            throws SQLException {
        String database = one(owner, "SELECT current_database()");
        String role = nameFor(database);
        DatabaseLogin login = ownerLogin.as(role, key.passwordFor("role " + role));
        try (Statement statement = owner.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                if (!any(owner, ROLE_EXISTS, role)) {
                    statement.execute(
                            "CREATE ROLE "
                                    + quoted(role)
                                    + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS");
                    givePassword(owner, login);
                } else if (!opens(login)) {
                    takeOver(owner, login, database);
                }
                statement.execute(
                        "GRANT CONNECT ON DATABASE " + quoted(database) + " TO " + quoted(role));
                statement.execute(
                        "GRANT USAGE ON SCHEMA "
                                + quoted(one(owner, "SELECT current_schema()"))
                                + " TO "
                                + quoted(role));
                // A database that began on PostgreSQL 14 or older still lets everybody make tables
                // here.
                statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                throw new StartRefused(
                        ("The user \"%s\" may not make the role \"%s\" that the service works as: give it CREATEROLE, or make a role"
                                        + " and name it with --ledger.database.service-user and --ledger.database.service-password.")
                                .formatted(ownerLogin.user(), role),
                        e);
            }
            throw e;
        }
        return login;
    }

    /**
     * The database's name with {@code _service}, kept within PostgreSQL's 63 bytes by a digest
     * where it is too long.
     */
    static String nameFor(String database) {
        String name = database + SUFFIX;
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        String tail = "_" + digest(database) + SUFFIX;
        String head = database;
        while ((head + tail).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            head = head.substring(0, head.offsetByCodePoints(head.length(), -1));
        }
        return head + tail;
    }

    /** A name as SQL takes it: bare where that is safe, else in double quotes. */
    static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : quoted(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Another password means another key. We take the role over only if nobody is working with it.
     */
    private static void takeOver(Connection owner, DatabaseLogin login, String database)
            throws SQLException {
        if (any(owner, ROLE_WORKS, login.user())) {
            throw new StartRefused(
                    ("Another ledger works on the database \"%s\" with another key: give this one the same keys folder, or a role of"
                                    + " its own with --ledger.database.service-user and --ledger.database.service-password.")
                            .formatted(database));
        }
        givePassword(owner, login);
    }

    /** The driver sends a verifier, never the password, so that no server log can hold it. */
    private static void givePassword(Connection owner, DatabaseLogin login) throws SQLException {
        owner.unwrap(PGConnection.class)
                .alterUserPassword(login.user(), login.password().toCharArray(), "scram-sha-256");
    }

    private static boolean opens(DatabaseLogin login) throws SQLException {
        try (Connection connection = login.open()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("28")) {
                return false;
            }
            throw e;
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean any(Connection connection, String query, String role)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String digest(String database) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(database.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
