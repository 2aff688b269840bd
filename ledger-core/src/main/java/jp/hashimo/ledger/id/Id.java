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
                || text.charAt(first - 1) != '_') {
            throw new IllegalArgumentException("not an id of the form " + prefix + "_…");
        }
        return new UUID(sixteenDigits(text, first), sixteenDigits(text, first + 16));
    }

    /** In one pass: replay reads a dozen ids of each event. */
    private static long sixteenDigits(String text, int from) {
        long number = 0;
        for (int i = from; i < from + 16; i++) {
            char c = text.charAt(i);
            if (!HexFormat.isHexDigit(c) || Character.isUpperCase(c)) {
                throw new IllegalArgumentException("not a lower-case hexadecimal digit: " + c);
            }
            number = number << 4 | HexFormat.fromHexDigit(c);
        }
        return number;
    }
}
