package jp.hashimo.api.testing;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Reply(int status, HttpHeaders headers, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public JsonNode json() {
        return JSON.readTree(text);
    }

    /**
     * The value at a JSON pointer as text, such as {@code /lots/0/lotId}; empty if there is none.
     */
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    /** The number at a JSON pointer. */
    public long number(String pointer) {
        return json().at(pointer).longValue();
    }

    /** The problem's slug and status, such as {@code 409 already-registered}. */
    public String problem() {
        return status + " " + at("/type").replaceFirst("^/problems/", "");
    }

    public long position() {
        return headers.firstValueAsLong("Ledger-Position").orElse(-1);
    }

    public boolean isReplay() {
        return headers.firstValue("Idempotency-Replayed").isPresent();
    }

    @Override
    public String toString() {
        return status + " " + text;
    }
}
