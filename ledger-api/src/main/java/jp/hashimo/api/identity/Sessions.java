package jp.hashimo.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    /** How long it stays written down what was taken back; every node looks many times a second. */
    private static final Duration CHANGES_KEPT = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final KnownSessions known;
    private final AccessChanges changes;
    private final SecureRandom random = new SecureRandom();
    private final Clock wall = Clock.systemUTC();

    Sessions(JdbcClient jdbc, KnownSessions known, AccessChanges changes) {
        this.jdbc = jdbc;
        this.known = known;
        this.changes = changes;
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
        jdbc.sql("DELETE FROM access_change WHERE changed_at <= ?")
                .param(wall.instant().minus(CHANGES_KEPT).atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("INSERT INTO session (token_hash, user_id, expires_at) VALUES (?, ?, ?)")
                .params(hash(token), caller.userId().toString(), end.atOffset(ZoneOffset.UTC))
                .update();
        return new Opened(token, end);
    }

    /**
     * The caller of a session. One that was ended on this node is not found from that moment on;
     * one that was ended elsewhere not later than {@link AccessChanges#TRUST} after.
     */
    public Optional<Caller> find(String token) {
        String hash = hash(token);
        KnownSessions.Session session = changes.areHeard() ? known.get(hash) : null;
        return Optional.ofNullable(session)
                .or(() -> known.read(hash, () -> read(hash)))
                .filter(found -> wall.instant().isBefore(found.expiresAt()))
                .map(KnownSessions.Session::caller);
    }

    private Optional<KnownSessions.Session> read(String hash) {
        return jdbc.sql(
                        "SELECT "
                                + Accounts.COLUMNS
                                + ", s.expires_at FROM session s JOIN account a USING (user_id) WHERE s.token_hash = ?")
                .param(hash)
                .query((row, _) ->
                        new KnownSessions.Session(
                                Accounts.caller(row),
                                row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    public void close(String token) {
        String hash = hash(token);
        jdbc.sql("DELETE FROM session WHERE token_hash = ?").param(hash).update();
        known.forget(hash);
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
