package jp.hashimo.ledger.id;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What names a thing of the ledger: a time-ordered UUID, created at the edge, printed with a prefix
 * so that a log line explains itself.
 */
public interface Id {
    UUID value();

    /** The prefix, an underscore and the 32 hexadecimal digits of the UUID. */
    static String print(String prefix, UUID value) {
        return "%s_%016x%016x"
                .formatted(prefix, value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** The inverse of {@link #print}; upper case, another prefix or another length are refused. */
    static UUID parse(String prefix, String text) {
        if (!text.startsWith(prefix + "_")
                || !Hex.DIGITS.matcher(text).region(prefix.length() + 1, text.length()).matches()) {
            throw new IllegalArgumentException("not an id of the form " + prefix + "_…");
        }
        int middle = prefix.length() + 17;
        return new UUID(
                Long.parseUnsignedLong(text, prefix.length() + 1, middle, 16),
                Long.parseUnsignedLong(text, middle, text.length(), 16));
    }

    /** Holds the pattern, which an interface could only show to everyone. */
    final class Hex {
        private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{32}");

        private Hex() {}
    }
}
