package jp.hashimo.api.identity;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import jp.hashimo.ledger.id.CitizenId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * By what a person is known again, as keyed hashes: the phone, and the name's reading with the date
 * of birth.
 */
@Component
public class PersonKeys {
    private static final String PURPOSE = "persons";

    private final KeyedHash hash;
    private final JdbcClient jdbc;

    PersonKeys(KeyedHash hash, JdbcClient jdbc) {
        this.hash = hash;
        this.jdbc = jdbc;
    }

    /** What makes a person one person; two people with one of these in common are taken for one. */
    public List<String> of(Person person) {
        var keys = new ArrayList<String>();
        keys.add(hash.of(PURPOSE, "person " + reading(person.kana()) + " " + person.birthDate()));
        if (person.phone() != null) {
            keys.add(ofPhone(person.phone()));
        }
        return keys;
    }

    /** Lets the counter find a resident by phone or by the reading of the name. */
    public void keep(CitizenId citizenId, Person person) {
        var keys = new ArrayList<>(of(person));
        keys.add(ofReading(person.kana()));
        keys.forEach(key ->
                jdbc.sql(
                                "INSERT INTO person_key (key_hash, citizen_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
                        .params(key, citizenId.toString())
                        .update());
    }

    /** The key of a phone number, however it is punctuated. */
    public String ofPhone(String phone) {
        return hash.of(
                PURPOSE,
                "phone "
                        + Normalizer.normalize(phone, Normalizer.Form.NFKC)
                                .replaceAll("[^0-9+]", ""));
    }

    /**
     * The key of a name's reading, hiragana or katakana, wide or narrow, with or without spaces.
     */
    public String ofReading(String kana) {
        return hash.of(PURPOSE, "reading " + reading(kana));
    }

    private static String reading(String kana) {
        var katakana = new StringBuilder();
        Normalizer.normalize(kana, Normalizer.Form.NFKC)
                .chars()
                .filter(c -> !Character.isWhitespace(c))
                .map(c -> c >= 'ぁ' && c <= 'ゖ' ? c + ('ァ' - 'ぁ') : c)
                .forEach(c -> katakana.append((char) c));
        return katakana.toString();
    }
}
