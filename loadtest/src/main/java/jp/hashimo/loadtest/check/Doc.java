package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON document whose fields are asked for by name, and have to be there. */
record Doc(JsonNode node) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static Doc of(byte[] utf8) {
        return new Doc(JSON.readTree(utf8));
    }

    /** What is no JSON is a document without fields. */
    static Doc ofText(@Nullable String text) {
        try {
            return new Doc(JSON.readTree(text == null || text.isBlank() ? "{}" : text));
        } catch (JacksonException e) {
            return new Doc(JSON.createObjectNode());
        }
    }

    boolean has(String field) {
        JsonNode value = node.path(field);
        return !value.isMissingNode() && !value.isNull();
    }

    String text(String field) {
        JsonNode value = present(field);
        return value.isString() ? value.stringValue() : value.toString();
    }

    @Nullable String textOrNull(String field) {
        return has(field) ? text(field) : null;
    }

    long number(String field) {
        JsonNode value = present(field);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException(field + " is no whole number: " + value);
        }
        return value.longValue();
    }

    boolean flag(String field) {
        return present(field).booleanValue();
    }

    Instant instant(String field) {
        return parse(text(field));
    }

    Doc doc(String field) {
        return new Doc(present(field));
    }

    /** Empty if there is none. */
    List<Doc> list(String field) {
        return new Doc(node.path(field)).all();
    }

    /** The items of what is a list itself. */
    List<Doc> all() {
        var all = new ArrayList<Doc>();
        node.forEach(item -> all.add(new Doc(item)));
        return all;
    }

    static Instant parse(String text) {
        return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
    }

    private JsonNode present(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("no " + field + " in " + node);
        }
        return value;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
