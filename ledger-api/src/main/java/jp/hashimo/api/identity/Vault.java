package jp.hashimo.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.gateway.KeysUnusable;
import jp.hashimo.gateway.Secrets;
import jp.hashimo.ledger.id.Id;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Personal data, encrypted (AES-256-GCM), one data key per subject. Whoever destroys the key
 * destroys the data; the log, which holds none of it, stays true.
 */
@Component
public class Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String PURPOSE = "vault";
    private static final String PROOF = "proof of the key";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final byte[] masterKey;
    private final TransactionTemplate transaction;
    private final SecureRandom random = new SecureRandom();

    Vault(JdbcClient jdbc, JsonMapper json, Secrets secrets, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.json = json;
        this.masterKey = secrets.secret(PURPOSE);
        this.transaction = transaction;
        requireKeyOfThisDatabase();
    }

    /**
     * Lost keys are made anew without a word, which is fatal here: what is sealed could never be
     * opened again, and new data would be sealed under another key. A seal made with the first key
     * tells.
     */
    private void requireKeyOfThisDatabase() {
        jdbc.sql(
                        "INSERT INTO personal_data (subject_id, wrapped_key, sealed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(PROOF, seal(masterKey, new byte[32], PROOF), new byte[0])
                .update();
        byte[] proof =
                jdbc.sql("SELECT wrapped_key FROM personal_data WHERE subject_id = ?")
                        .param(PROOF)
                        .query(byte[].class)
                        .single();
        try {
            open(masterKey, proof, PROOF);
        } catch (IllegalStateException e) {
            throw new KeysUnusable(
                    "%s does not open the personal data in this database; restore it from a backup."
                            .formatted(Secrets.fileName(PURPOSE)),
                    e);
        }
    }

    /** Keeps what is known of a subject; what was known before is replaced. */
    public void put(Id subject, Object data) {
        byte[] dataKey = new byte[32];
        random.nextBytes(dataKey);
        String name = subject.toString();
        jdbc.sql(
                        """
                        INSERT INTO personal_data (subject_id, wrapped_key, sealed) VALUES (?, ?, ?)
                        ON CONFLICT (subject_id) DO UPDATE SET wrapped_key = EXCLUDED.wrapped_key, sealed = EXCLUDED.sealed\
                        """)
                .params(
                        name,
                        seal(masterKey, dataKey, name),
                        seal(dataKey, json.writeValueAsBytes(data), name))
                .update();
    }

    /** What is known of a subject; empty if nothing is, or no more. */
    public <T> Optional<T> get(Id subject, Class<T> type) {
        String name = subject.toString();
        return jdbc.sql("SELECT wrapped_key, sealed FROM personal_data WHERE subject_id = ?")
                .param(name)
                .query((row, _) ->
                        open(open(masterKey, row.getBytes(1), name), row.getBytes(2), name))
                .optional()
                .map(plain -> json.readValue(plain, type));
    }

    /** What is known of several subjects, each under its printed id. */
    public <T> Map<String, T> all(Collection<? extends Id> subjects, Class<T> type) {
        var known = new HashMap<String, T>();
        jdbc.sql(
                        "SELECT subject_id, wrapped_key, sealed FROM personal_data WHERE subject_id = ANY (?)")
                .param(subjects.stream().map(Id::toString).toArray(String[]::new))
                .query(row -> {
                    String name = row.getString(1);
                    byte[] key = open(masterKey, row.getBytes(2), name);
                    known.put(name, json.readValue(open(key, row.getBytes(3), name), type));
                });
        return known;
    }

    /** Replaces what is known of a subject, one change after the other; nothing stays nothing. */
    public <T> void change(Id subject, Class<T> type, UnaryOperator<T> change) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("SELECT 1 FROM personal_data WHERE subject_id = ? FOR UPDATE")
                    .param(subject.toString())
                    .query(Integer.class)
                    .optional();
            get(subject, type).ifPresent(known -> put(subject, change.apply(known)));
        });
    }

    /** Destroys the subject's key and data for ever. */
    public void forget(Id subject) {
        jdbc.sql("DELETE FROM personal_data WHERE subject_id = ?")
                .param(subject.toString())
                .update();
    }

    /**
     * The name goes into the seal, so that one subject's data cannot be passed off as another's.
     */
    private byte[] seal(byte[] key, byte[] plain, String name) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, plain, name);
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return both;
    }

    private static byte[] open(byte[] key, byte[] both, String name) {
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return crypt(
                Cipher.DECRYPT_MODE,
                key,
                nonce,
                Arrays.copyOfRange(both, NONCE_BYTES, both.length),
                name);
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] text, String name) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "personal data of " + name + " cannot be sealed or opened with this key", e);
        }
    }
}
