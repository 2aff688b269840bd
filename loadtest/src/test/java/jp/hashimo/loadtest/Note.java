package jp.hashimo.loadtest;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One request, written down before it is sent, and what is known of it since.
 *
 * @param number in the order of writing
 * @param about what the client knows of it and the request does not say
 */
record Note(
        int number, int client, String key, String token, Call call, Map<String, String> about) {
    Note {
        about = Map.copyOf(about);
    }

    /** What became of a request. */
    sealed interface Fate {
        /** It took effect and said so, at once or when its key was asked for. */
        record Done(int status, JsonNode body) implements Fate {}

        /** The rules said no. */
        record Refused(int status, String problem) implements Fate {}

        /** Its key was unknown, and nobody will send it again. */
        record GivenUp(Instant finalAfter) implements Fate {}
    }

    @Override
    public String toString() {
        return "request " + number + " " + key + " " + call.path() + " " + call.body();
    }
}
