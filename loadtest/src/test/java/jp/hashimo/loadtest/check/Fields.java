package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A document that is being written, field by field. */
final class Fields extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1;

    static Fields of(String field, Object value) {
        return new Fields().and(field, value);
    }

    static Fields problem(String slug) {
        return of("type", "/problems/" + slug);
    }

    Fields and(String field, Object value) {
        put(field, value instanceof Instant at ? at.toString() : value);
        return this;
    }

    String json() {
        return json(this);
    }

    /** As a column of a table holds it. */
    static Doc doc(Object value) {
        return Doc.ofText(json(value));
    }

    static String json(@Nullable Object value) {
        return Doc.JSON.writeValueAsString(value);
    }
}
