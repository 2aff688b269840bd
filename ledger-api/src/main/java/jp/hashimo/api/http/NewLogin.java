package jp.hashimo.api.http;

import org.jspecify.annotations.Nullable;

/**
 * A login somebody chooses.
 *
 * @param password at least 8 characters (NIST SP 800-63B) of any kind
 */
public record NewLogin(String name, String password) {
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST = 200;

    /** Null if neither was given; one without the other is of no use. */
    public static @Nullable NewLogin optional(@Nullable String login, @Nullable String password) {
        return login == null && password == null ? null : required(login, password);
    }

    public static NewLogin required(@Nullable String login, @Nullable String password) {
        String name = Fields.text(login, "/login", LONGEST);
        String secret = Fields.required(password, "/password");
        if (secret.length() < SHORTEST_PASSWORD || secret.length() > LONGEST) {
            throw Problem.malformed("/password");
        }
        return new NewLogin(name, secret);
    }

    @Override
    public String toString() {
        return "a login";
    }
}
