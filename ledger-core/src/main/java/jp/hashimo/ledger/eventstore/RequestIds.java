package jp.hashimo.ledger.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The ids of the events a request leaves. They follow from its name, so that the log itself, where
 * an id stands but once, lets the same request take effect but once.
 */
final class RequestIds {
    private RequestIds() {}

    /**
     * The id of one event, a UUID of version 8.
     *
     * @param place 0 for the first event of the request
     */
    static UUID of(String requestId, int place) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(requestId + '/' + place));
        return new UUID(
                (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L,
                (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
