package jp.hashimo.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, or the part of it that was asked for.
 *
 * @param next the cursor of the next part, or null
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** All there is. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
