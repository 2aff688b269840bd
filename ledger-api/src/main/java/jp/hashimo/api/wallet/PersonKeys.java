package jp.hashimo.api.wallet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.hashimo.api.identity.KeyedHash;
import jp.hashimo.ledger.id.CitizenId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The keyed hashes by which a person is known again, in the log, and found again, beside it. The
 * purposes differ, so that the two cannot be matched without the keys.
 */
@Component
class PersonKeys {
    private final KeyedHash hash;
    private final JdbcClient jdbc;

    PersonKeys(KeyedHash hash, JdbcClient jdbc) {
        this.hash = hash;
        this.jdbc = jdbc;
    }

    /** What tells one person from another, for the rule of one wallet each. */
    List<String> unique(Kana kana, LocalDate birthDate, @Nullable Phone phone) {
        var keys = new ArrayList<String>();
        keys.add(hash.of("person-birth", kana.reading() + "\n" + birthDate));
        if (phone != null) {
            keys.add(hash.of("person-phone", phone.digits()));
        }
        return keys;
    }

    /** Who a person is whom we know by a phone alone. */
    String caller(Phone phone) {
        return hash.of("person-phone", phone.digits());
    }

    /** Lets the counter find a resident by phone and by reading. */
    void remember(CitizenId citizenId, Kana kana, @Nullable Phone phone) {
        remember(citizenId, found(kana));
        if (phone != null) {
            remember(citizenId, found(phone));
        }
    }

    void remember(CitizenId citizenId, String key) {
        jdbc.sql(
                        "INSERT INTO person_key (key_hash, citizen_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(key, citizenId.toString())
                .update();
    }

    void forget(CitizenId citizenId) {
        jdbc.sql("DELETE FROM person_key WHERE citizen_id = ?")
                .param(citizenId.toString())
                .update();
    }

    void forget(String key) {
        jdbc.sql("DELETE FROM person_key WHERE key_hash = ?").param(key).update();
    }

    String found(Kana kana) {
        return hash.of("search-kana", kana.reading());
    }

    String found(Phone phone) {
        return hash.of("search-phone", phone.digits());
    }
}
