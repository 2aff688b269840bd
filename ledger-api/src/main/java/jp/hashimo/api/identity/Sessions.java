package jp.hashimo.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Signed-in callers. The database knows a token by its hash alone; a session ends by the wall
 * clock, whatever the ledger's says.
 */
@Component
public class Sessions {
    private static final Duration LIFE = Duration.ofHours(12);

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();
    private final Clock wall = Clock.systemUTC();

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A session as its owner gets it.
     *
     * @param token 256 random bits, shown once
     */
    public record Opened(String token, Instant expiresAt) {}

    public Opened open(Caller caller) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Instant end = wall.instant().plus(LIFE);
        jdbc.sql("DELETE FROM session WHERE expires_at <= ?")
                .param(wall.instant().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("INSERT INTO session (token_hash, user_id, expires_at) VALUES (?, ?, ?)")
                .params(hash(token), caller.userId().toString(), end.atOffset(ZoneOffset.UTC))
                .update();
        return new Opened(token, end);
    }

    public Optional<Caller> find(String token) {
        return jdbc.sql(
                        "SELECT "
                                + Accounts.COLUMNS
                                + " FROM session s JOIN account a USING (user_id) WHERE s.token_hash = ? AND s.expires_at > ?")
                .params(hash(token), wall.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> Accounts.caller(row))
                .optional();
    }

    public void close(String token) {
        jdbc.sql("DELETE FROM session WHERE token_hash = ?").param(hash(token)).update();
    }

    private static String hash(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 on this platform", e);
        }
    }
}
