package jp.hashimo.gateway;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding, and with one spelling only for every sequence of bytes. */
final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Null when the text is not base64url as {@link #encode} writes it. The JDK's decoder drops the
     * unused bits of the last character, so that several texts mean the same bytes; a signed code
     * must have one text.
     */
    static byte @Nullable [] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return encode(bytes).equals(text) ? bytes : null;
    }
}
