package jp.hashimo.api.campaign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.gateway.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code Hashimo-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "t.path.body">}: proves that the
 * provider wrote this, just now.
 */
@Component
public class WebhookSignature {
    private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private final byte[] secret;

    WebhookSignature(Secrets secrets) {
        this.secret = secrets.secret("webhook");
    }

    /**
     * The secret as the provider is given it: 64 hexadecimal digits, whose ASCII bytes are the key.
     */
    public String secret() {
        return HexFormat.of().formatHex(secret);
    }

    boolean isValid(@Nullable String header, String path, byte[] body, Instant now) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        if (!form.matches()) {
            return false;
        }
        Instant written = Instant.ofEpochSecond(Long.parseLong(form.group(1)));
        boolean right =
                MessageDigest.isEqual(
                        sign(form.group(1), path, body), HexFormat.of().parseHex(form.group(2)));
        return right && Duration.between(written, now).abs().compareTo(OLDEST) <= 0;
    }

    private byte[] sign(String time, String path, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update((time + "." + path + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 on this platform", e);
        }
    }
}
