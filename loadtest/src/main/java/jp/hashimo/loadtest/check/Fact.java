package jp.hashimo.loadtest.check;

import java.time.Instant;

/**
 * One row of the log, as it stands there.
 *
 * @param request the name under which the request that left it is known in the log
 * @param actor who asked; {@code clock} if nobody did
 */
public record Fact(
        long position,
        Instant at,
        String id,
        String type,
        Doc payload,
        String request,
        String actor) {
    @Override
    public String toString() {
        return "position " + position + ", " + type + " " + payload;
    }
}
