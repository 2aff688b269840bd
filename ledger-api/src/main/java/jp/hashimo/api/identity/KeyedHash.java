package jp.hashimo.api.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.gateway.Secrets;
import org.springframework.stereotype.Component;

/**
 * HMAC-SHA256 under keys outside the database: lets us recognise a phone number, a request or a
 * login without being able to read it back, and without anybody being able to guess it from the
 * hash.
 */
@Component
public class KeyedHash {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Secrets secrets;
    private final Map<String, Mac> keyed = new ConcurrentHashMap<>();

    KeyedHash(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * 43 characters of base64url.
     *
     * @param purpose keeps the hashes of one use apart from those of another
     */
    public String of(String purpose, String text) {
        return of(purpose, text.getBytes(StandardCharsets.UTF_8));
    }

    public String of(String purpose, byte[] bytes) {
        return BASE64.encodeToString(mac(purpose).doFinal(bytes));
    }

    /** A copy of one that has its key: looking up the algorithm and taking in the key cost more. */
    private Mac mac(String purpose) {
        try {
            return (Mac) keyed.computeIfAbsent(purpose, this::withKey).clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HMAC-SHA256 cannot be copied", e);
        }
    }

    private Mac withKey(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.secret(purpose), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 on this platform", e);
        }
    }
}
