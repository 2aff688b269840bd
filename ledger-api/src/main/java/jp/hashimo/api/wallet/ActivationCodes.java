package jp.hashimo.api.wallet;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import jp.hashimo.api.identity.KeyedHash;
import jp.hashimo.ledger.id.CitizenId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a resident who registered at the counter takes home to choose a login: twelve letters and
 * digits in groups of four, 60 bits. It follows from the citizen's id, so that a repeated
 * registration prints the same; the database knows only its keyed hash.
 */
@Component
class ActivationCodes {
    /** Without I, L, O and U, which look or sound like others (Crockford's base 32). */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LETTERS = 12;

    private final KeyedHash hash;
    private final PersonKeys keys;
    private final JdbcClient jdbc;

    ActivationCodes(KeyedHash hash, PersonKeys keys, JdbcClient jdbc) {
        this.hash = hash;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    String of(CitizenId citizenId) {
        byte[] bytes =
                Base64.getUrlDecoder().decode(hash.of("activation-codes", citizenId.toString()));
        var number = new BigInteger(1, bytes);
        var code = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(number.intValue() & 31));
            number = number.shiftRight(5);
        }
        return code.toString();
    }

    /** Makes the code of a resident good for one use. */
    void open(CitizenId citizenId) {
        keys.remember(citizenId, keyOf(of(citizenId)));
    }

    /** Whose code it is, if it is good. */
    Optional<CitizenId> find(String typed) {
        return jdbc.sql("SELECT citizen_id FROM person_key WHERE key_hash = ?")
                .param(keyOf(typed))
                .query(String.class)
                .optional()
                .map(CitizenId::parse);
    }

    void spend(String typed) {
        keys.forget(keyOf(typed));
    }

    /** As typed by people: small letters, no hyphens, O for 0, I or L for 1. */
    String keyOf(String typed) {
        String plain =
                typed.toUpperCase(Locale.ROOT)
                        .replaceAll("[\\s-]", "")
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        return hash.of("activation-keys", plain);
    }
}
