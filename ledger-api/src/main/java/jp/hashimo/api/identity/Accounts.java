package jp.hashimo.api.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Logins. The login itself is kept as a keyed hash, since people choose their phone number or name
 * for it.
 */
@Component
public class Accounts {
    static final String COLUMNS =
            "a.user_id, a.roles, a.citizen_id, a.wallet_id, a.merchant_id, a.department";

    private final JdbcClient jdbc;
    private final KeyedHash hash;
    private final KnownSessions known;
    // Argon2id with 19 MiB and two passes, one lane: OWASP's recommendation for servers.
    private final PasswordEncoder passwords = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    /** Compared with when there is no such login, so that the answer takes as long. */
    private final String nobody = passwords.encode("nobody has this password");

    Accounts(JdbcClient jdbc, KeyedHash hash, KnownSessions known) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.known = known;
    }

    /**
     * Makes a login; false if it is taken, or if the resident has one. Opening the same account
     * again is no harm, so that a request that was cut off can be repeated.
     */
    public boolean open(Caller caller, String login, String password) {
        return insert(caller, login, password) || isLoginOf(caller.userId(), login);
    }

    private boolean isLoginOf(UserId userId, String login) {
        return jdbc.sql("SELECT count(*) FROM account WHERE user_id = ? AND login_hash = ?")
                        .params(userId.toString(), hashOf(login))
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private boolean insert(Caller caller, String login, String password) {
        return jdbc.sql(
                                """
                                INSERT INTO account (user_id, login_hash, password_hash, roles, citizen_id, wallet_id, merchant_id,
                                    department)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                                """)
                        .params(
                                Arrays.asList(
                                        caller.userId().toString(),
                                        hashOf(login),
                                        passwords.encode(password),
                                        caller.roles().stream()
                                                .map(Role::name)
                                                .toArray(String[]::new),
                                        text(caller.citizenId()),
                                        text(caller.walletId()),
                                        text(caller.merchantId()),
                                        caller.department()))
                        .update()
                == 1;
    }

    /** Takes back a login whose owner's registration was refused. */
    public void close(UserId userId) {
        jdbc.sql("DELETE FROM account WHERE user_id = ?").param(userId.toString()).update();
        known.forget(userId);
    }

    /** Whether there is a login with this role. */
    public boolean anyoneIs(Role role) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM account WHERE ? = ANY (roles))")
                .param(role.name())
                .query(Boolean.class)
                .single();
    }

    public Optional<Caller> signIn(String login, String password) {
        record Found(Caller caller, String passwordHash) {}
        Optional<Found> found =
                jdbc.sql(
                                "SELECT "
                                        + COLUMNS
                                        + ", a.password_hash FROM account a WHERE a.login_hash = ?")
                        .param(hashOf(login))
                        .query((row, _) -> new Found(caller(row), row.getString("password_hash")))
                        .optional();
        boolean right = passwords.matches(password, found.map(Found::passwordHash).orElse(nobody));
        return right ? found.map(Found::caller) : Optional.empty();
    }

    static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                UserId.parse(row.getString("user_id")),
                roles((String[]) row.getArray("roles").getArray()),
                row.getString("citizen_id") == null
                        ? null
                        : CitizenId.parse(row.getString("citizen_id")),
                row.getString("wallet_id") == null
                        ? null
                        : WalletId.parse(row.getString("wallet_id")),
                row.getString("merchant_id") == null
                        ? null
                        : MerchantId.parse(row.getString("merchant_id")),
                row.getString("department"));
    }

    private String hashOf(String login) {
        return hash.of("logins", login.strip());
    }

    private static Set<Role> roles(String[] names) {
        return Arrays.stream(names).map(Role::valueOf).collect(Collectors.toSet());
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
