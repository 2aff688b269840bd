package jp.hashimo.api.campaign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.WebhookSecret;
import tools.jackson.databind.json.JsonMapper;

/** The payment provider: it signs what it says, as its contract with the city wants it. */
public final class PspNotice {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PspNotice() {}

    static Instant wall() {
        return Clock.systemUTC().instant();
    }

    static String json(Map<String, ?> notice) {
        return JSON.writeValueAsString(notice);
    }

    /** A call that carries the signature of this body, made now. */
    public static Call signed(String path, String body) {
        return Call.byNobody()
                .withoutKey()
                .with("Hashimo-Signature", signature(wall(), path, body));
    }

    static String signature(Instant at, String path, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            WebhookSecret.get().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            String text = at.getEpochSecond() + "." + path + "." + body;
            return "t="
                    + at.getEpochSecond()
                    + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
