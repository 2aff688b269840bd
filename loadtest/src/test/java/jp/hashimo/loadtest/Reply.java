package jp.hashimo.loadtest;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** What the service answered. */
record Reply(int status, HttpHeaders headers, String text) {

    JsonNode json() {
        return Call.JSON.readTree(text);
    }

    /** The slug of a problem, such as {@code insufficient-points}; empty if it is none. */
    String problem() {
        return status < 400 ? "" : json().path("type").asString("").replaceFirst("^/problems/", "");
    }

    /** The position it is right for, or -1 if it does not say. */
    long position() {
        return headers.firstValueAsLong("Ledger-Position").orElse(-1);
    }

    boolean isReplay() {
        return headers.firstValue("Idempotency-Replayed").isPresent();
    }

    /** The body of an answer that has to be a success. */
    JsonNode expect(int expected) {
        if (status != expected) {
            throw new IllegalStateException("expected " + expected + ", got " + this);
        }
        return json();
    }

    @Override
    public String toString() {
        return status + " " + text;
    }
}
