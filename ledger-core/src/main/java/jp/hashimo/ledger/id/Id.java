package jp.hashimo.ledger.id;

import java.util.HexFormat;
import java.util.UUID;

/**
 * What names a thing of the ledger: a time-ordered UUID, created at the edge, printed with a prefix
 * so that a log line explains itself.
 *
 * <p>A payment prints and reads some dozens of them, so neither uses a format or a pattern.
 */
public interface Id {
    UUID value();

    /** The prefix, an underscore and the 32 hexadecimal digits of the UUID. */
    static String print(String prefix, UUID value) {
        HexFormat hex = HexFormat.of();
        return prefix
                + "_"
                + hex.toHexDigits(value.getMostSignificantBits())
                + hex.toHexDigits(value.getLeastSignificantBits());
    }

    /** The inverse of {@link #print}; upper case, another prefix or another length are refused. */
    static UUID parse(String prefix, String text) {
        int first = prefix.length() + 1;
        if (text.length() != first + 32
                || !text.startsWith(prefix)
                || text.charAt(first - 1) != '_'
                || !isLowerCaseHex(text, first)) {
            throw new IllegalArgumentException("not an id of the form " + prefix + "_…");
        }
        return new UUID(
                HexFormat.fromHexDigitsToLong(text, first, first + 16),
                HexFormat.fromHexDigitsToLong(text, first + 16, first + 32));
    }

    private static boolean isLowerCaseHex(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
