package jp.hashimo.api.wallet;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.KeyedHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Codes that show that somebody holds a phone. They go by the wall clock, like all that keeps
 * strangers out, and are kept outside the log, so that a refused one leaves no trace in it.
 */
@Component
class PhoneCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofHours(1);

    /** With five tries each, somebody who guesses is right once in forty thousand hours. */
    private static final int CODES_PER_WINDOW = 5;

    private static final int TRIES = 5;

    private final JdbcClient jdbc;
    private final KeyedHash hash;
    private final SecureRandom random = new SecureRandom();
    private final Clock wall = Clock.systemUTC();

    PhoneCodes(JdbcClient jdbc, KeyedHash hash) {
        this.jdbc = jdbc;
        this.hash = hash;
    }

    /**
     * A code as it is sent.
     *
     * @param code six digits
     */
    record Sent(String code, Instant validUntil) {}

    /** Makes a code; the phone's earlier ones are no longer good. */
    Sent issue(Phone phone) {
        Instant now = wall.instant();
        jdbc.sql("DELETE FROM phone_code WHERE sent_at <= ?").param(at(now.minus(WINDOW))).update();
        int sent =
                jdbc.sql("SELECT count(*) FROM phone_code WHERE phone_hash = ?")
                        .param(hashOf(phone))
                        .query(Integer.class)
                        .single();
        if (sent >= CODES_PER_WINDOW) {
            throw tooMany();
        }
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
        jdbc.sql(
                        "INSERT INTO phone_code (phone_hash, sent_at, code_hash, expires_at) VALUES (?, ?, ?, ?)")
                .params(hashOf(phone), at(now), hashOf(phone, code), at(now.plus(LIFE)))
                .update();
        return new Sent(code, now.plus(LIFE));
    }

    /** Says with a {@link Problem} why a code shows nothing. Each look counts as a try. */
    void check(Phone phone, String typed) {
        record Latest(String codeHash, Instant expiresAt, int attempts) {}
        Optional<Latest> latest =
                jdbc.sql(
                                """
                                UPDATE phone_code SET attempts = attempts + 1
                                 WHERE phone_hash = ? AND sent_at = (SELECT max(sent_at) FROM phone_code WHERE phone_hash = ?)
                                RETURNING code_hash, expires_at, attempts\
                                """)
                        .params(hashOf(phone), hashOf(phone))
                        .query((row, _) ->
                                new Latest(
                                        row.getString(1),
                                        row.getObject(2, OffsetDateTime.class).toInstant(),
                                        row.getInt(3)))
                        .optional();
        if (latest.isEmpty()) {
            throw Problem.of(422, "code-invalid");
        } else if (latest.get().attempts() > TRIES) {
            throw tooMany();
        } else if (!latest.get().codeHash().equals(hashOf(phone, typed.strip()))) {
            throw Problem.of(422, "code-invalid");
        } else if (!wall.instant().isBefore(latest.get().expiresAt())) {
            throw Problem.of(409, "code-expired");
        }
    }

    /** The code has served. */
    void spend(Phone phone) {
        jdbc.sql("UPDATE phone_code SET code_hash = '' WHERE phone_hash = ?")
                .param(hashOf(phone))
                .update();
    }

    private static Problem tooMany() {
        return Problem.of(429, "too-many-requests").retryAfter((int) WINDOW.toSeconds());
    }

    private String hashOf(Phone phone) {
        return hash.of("phone-codes", phone.digits());
    }

    private String hashOf(Phone phone, String code) {
        return hash.of("phone-codes", phone.digits() + "\n" + code);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
