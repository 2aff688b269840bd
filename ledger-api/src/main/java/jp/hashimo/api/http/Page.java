package jp.hashimo.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins, or null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {
    private static final int USUAL = 50;
    private static final int LARGEST = 500;

    /**
     * How many items and from where on, as the caller asks. Cursors are opaque to callers, so that
     * what is in them can change.
     *
     * @param after what the cursor holds: the key of the last item seen; null at the beginning
     */
    public record Ask(int limit, @Nullable String after) {}

    /** All there is. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(List.copyOf(items), null);
    }

    /** Reads {@code ?limit=&cursor=}. */
    public static Ask ask(@Nullable String limit, @Nullable String cursor) {
        return new Ask(limit(limit), cursor == null ? null : read(cursor));
    }

    /**
     * A page of what was found.
     *
     * @param found one more than the limit, if there are so many
     * @param key what tells where an item stands
     */
    public static <T> Page<T> of(List<T> found, Ask ask, Function<T, String> key) {
        if (found.size() <= ask.limit()) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, ask.limit()));
        return new Page<>(items, write(key.apply(items.getLast())));
    }

    private static int limit(@Nullable String asked) {
        if (asked == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= LARGEST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below: what is no number is no limit either.
        }
        throw Problem.of(422, "invalid-limit").with("min", 1).with("max", LARGEST);
    }

    private static String write(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String cursor) {
        try {
            return Fields.oneLine(
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8),
                    "/cursor");
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("/cursor");
        }
    }
}
