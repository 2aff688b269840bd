package jp.hashimo.ledger.id;

import java.util.HexFormat;
import java.util.UUID;

/**
 * What names a thing of the ledger: a time-ordered UUID, created at the edge, printed with a prefix
 * so that a log line explains itself.
 */
public interface Id {
    UUID value();

    /** The prefix, an underscore and the 32 hexadecimal digits of the UUID. */
    static String print(String prefix, UUID value) {
        return prefix
                + '_'
                + HexFormat.of().toHexDigits(value.getMostSignificantBits())
                + HexFormat.of().toHexDigits(value.getLeastSignificantBits());
    }

    /** The inverse of {@link #print}; upper case, another prefix or another length are refused. */
    static UUID parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (text.length() != start + 32
                || !text.startsWith(prefix)
                || text.charAt(start - 1) != '_'
                || !isHex(text, start)) {
            throw new IllegalArgumentException("not an id of the form " + prefix + "_…");
        }
        return new UUID(
                HexFormat.fromHexDigitsToLong(text, start, start + 16),
                HexFormat.fromHexDigitsToLong(text, start + 16, start + 32));
    }

    private static boolean isHex(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
