package jp.hashimo.api.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who one is there.
 *
 * @param url a JDBC URL without user and password
 * @param user the role
 * @param password its password; empty where the database trusts the caller
 */
record DatabaseLogin(String url, String user, String password) {
    private static final int CONNECT_SECONDS = 5;
    private static final int LOGIN_SECONDS = 8;

    /**
     * Takes user and password out of the URL, where JDBC allows them too; there they would win over
     * those of every later login, and be printed with it.
     */
    static DatabaseLogin of(String url, @Nullable String user, @Nullable String password) {
        int question = url.indexOf('?');
        if (question < 0) {
            return new DatabaseLogin(url, orEmpty(user), orEmpty(password));
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : url.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            switch (key.toLowerCase(Locale.ROOT)) {
                case "user" -> user = URLDecoder.decode(value, StandardCharsets.UTF_8);
                case "password" -> password = URLDecoder.decode(value, StandardCharsets.UTF_8);
                default -> kept.add(parameter);
            }
        }
        String bare = url.substring(0, question);
        return new DatabaseLogin(
                kept.isEmpty() ? bare : bare + "?" + String.join("&", kept),
                orEmpty(user),
                orEmpty(password));
    }

    DatabaseLogin as(String otherUser, String otherPassword) {
        return new DatabaseLogin(url, otherUser, otherPassword);
    }

    DatabaseLogin at(String otherUrl) {
        return new DatabaseLogin(otherUrl, user, password);
    }

    /** The address for people: without parameters, where a secret may hide. */
    String place() {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    /** Opens a connection, or gives up within ten seconds. */
    Connection open() throws SQLException {
        Properties properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS));
        properties.setProperty("ApplicationName", "hashimo-ledger start");
        return DriverManager.getConnection(url, properties);
    }

    /** Opens a connection, or says in one sentence why there is none. */
    Connection openOrRefuse() {
        try {
            return open();
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    StartRefused refusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String sentence =
                switch (state.length() < 2 ? state : state.substring(0, 2)) {
                    case "28" ->
                            "The database at %s does not accept the user \"%s\" with the given password (%s)."
                                    .formatted(place(), user, firstLine(e));
                    case "3D" ->
                            "There is no such database at %s: create it first (%s)."
                                    .formatted(place(), firstLine(e));
                    default ->
                            "The database at %s cannot be reached: check the address and whether it runs (%s)."
                                    .formatted(place(), firstLine(e));
                };
        return new StartRefused(sentence, e);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given").strip();
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Without the password: this is what a log or a debugger shows. */
    @Override
    public String toString() {
        return user + " at " + place();
    }
}
