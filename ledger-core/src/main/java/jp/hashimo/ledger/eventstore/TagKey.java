package jp.hashimo.ledger.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * What the log keeps of a tag: sixteen bytes, however long the tag.
 *
 * <p>They are a hash of the whole tag, but for the first six bytes where the tag holds an id: those
 * are the id's time, so that keys made together lie together in the index. The database computes
 * the same with {@code ledger_tag_key}.
 */
final class TagKey {
    private static final int ID_DIGITS = 32;
    private static final int TIME_DIGITS = 12;
    private static final long TIME = 0xFFFF_FFFF_FFFF_0000L;

    private TagKey() {}

    /**
     * @param tag {@code key:value}
     */
    static UUID of(String tag) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(tag));
        long high = hash.getLong();
        long low = hash.getLong();
        if (endsWithId(tag)) {
            int start = tag.length() - ID_DIGITS;
            high = timeOf(tag, start) | (high & ~TIME);
        }
        return new UUID(high, low);
    }

    private static long timeOf(String tag, int start) {
        return Long.parseUnsignedLong(tag, start, start + TIME_DIGITS, 16) << 16;
    }

    /** A colon, two to four letters, an underscore and 32 hexadecimal digits. */
    private static boolean endsWithId(String tag) {
        int start = tag.length() - ID_DIGITS;
        if (start < 4 || tag.charAt(start - 1) != '_') {
            return false;
        }
        for (int i = start; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        int letters = 0;
        while (isLetter(tag.charAt(start - 2 - letters))
                && letters < 4
                && start - 3 - letters >= 0) {
            letters++;
        }
        return letters >= 2 && tag.charAt(start - 2 - letters) == ':';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static byte[] sha256(String tag) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(tag.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
