package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.Map;

/**
 * Who asks for a command, under which name, and until when an answer is of use. It is kept with
 * every event the command leaves.
 *
 * @param requestId a keyed hash of the caller and of the key the caller chose; the same request
 *     never takes effect twice
 * @param bodyHash a keyed hash of what was asked, to tell a repetition from another request under
 *     the same key
 * @param actor who asks, without a name
 * @param deadline wall-clock instant after which nothing is written any more
 */
public record Stamp(String requestId, String bodyHash, String actor, Instant deadline) {
    static final String REQUEST = "request";
    static final String BODY_HASH = "bodyHash";
    static final String ACTOR = "actor";

    Map<String, String> metadata() {
        return Map.of(REQUEST, requestId, BODY_HASH, bodyHash, ACTOR, actor);
    }
}
