package jp.hashimo.api.http;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A call is refused, and nothing has happened. Title and detail come from the message bundles, by
 * slug and language.
 *
 * <p>It carries no stack trace: it is an answer, not a fault.
 */
public final class Problem extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final transient Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private long position = -1;
    private int retryAfterSeconds = -1;

    private Problem(int status, String slug) {
        super(slug, null, false, false);
        this.status = status;
        this.slug = slug;
    }

    /**
     * A problem of the HTTP contract.
     *
     * @param slug the last part of its {@code type}
     */
    public static Problem of(int status, String slug) {
        return new Problem(status, slug);
    }

    /** Adds one of the numbers involved. */
    public Problem with(String field, @Nullable Object value) {
        fields.put(field, value);
        return this;
    }

    /** Says which state of the log was judged. */
    public Problem at(long judged) {
        this.position = judged;
        return this;
    }

    public Problem retryAfter(int seconds) {
        this.retryAfterSeconds = seconds;
        return this;
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    public OptionalLong position() {
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    public OptionalLong retryAfterSeconds() {
        return retryAfterSeconds < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterSeconds);
    }

    public static Problem notFound() {
        return of(404, "not-found");
    }

    public static Problem forbidden() {
        return of(403, "forbidden");
    }

    /** The request is not of the form the contract gives. */
    public static Problem malformed(String pointer) {
        return of(400, "malformed-request").with("pointer", pointer);
    }
}
