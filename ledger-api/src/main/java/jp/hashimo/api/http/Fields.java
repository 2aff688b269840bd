package jp.hashimo.api.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks the fields of a body, and points at the one that is missing or of no use. */
public final class Fields {
    private Fields() {}

    public static <T> T required(@Nullable T value, String pointer) {
        if (value == null) {
            throw Problem.malformed(pointer);
        }
        return value;
    }

    /** A text of one line, without the spaces around it: 1 to so many characters. */
    public static String text(@Nullable String value, String pointer, int longest) {
        String text = required(value, pointer).strip();
        if (text.isEmpty() || text.length() > longest || !isOneLine(text)) {
            throw Problem.malformed(pointer);
        }
        return text;
    }

    /** A text of any length without control characters, as it was given. */
    public static String oneLine(@Nullable String value, String pointer) {
        String given = required(value, pointer);
        if (!isOneLine(given)) {
            throw Problem.malformed(pointer);
        }
        return given;
    }

    /** As {@link #text}, but may be left out. */
    public static @Nullable String optional(@Nullable String value, String pointer, int longest) {
        return value == null ? null : text(value, pointer, longest);
    }

    /** Half a character is none: JSON can say it, but nothing can store it. */
    private static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
