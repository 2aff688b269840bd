package jp.hashimo.loadtest.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client and what it was told in the end.
 *
 * @param client whose requests follow one another
 * @param what method and path, such as {@code POST /api/v1/payments}
 * @param body as it was sent; null for none
 * @param about what the client knows and the request does not say: {@code walletId} and {@code
 *     merchantId} of a proposal
 * @param key the idempotency key; empty for a read
 * @param sentNanos by one monotonic clock for all clients; likewise {@code answeredNanos}
 * @param atLeast the position a read asked for at least, or 0
 * @param position what the answer gave as {@code Ledger-Position}, or -1
 * @param answer the body of the answer; empty if none came
 */
public record Exchange(
        int client,
        String what,
        @Nullable String body,
        Map<String, String> about,
        String key,
        long sentNanos,
        long answeredNanos,
        long atLeast,
        Outcome outcome,
        int status,
        long position,
        String answer) {

    /** What became of it, as far as the client knows. */
    public enum Outcome {
        /** A write took effect, or a read was answered. */
        DONE,
        REFUSED,
        /** Its key was unknown when no deadline of it was open any more: it never takes effect. */
        ABSENT
    }

    public Exchange {
        about = Map.copyOf(about);
    }

    boolean isRead() {
        return what.startsWith("GET ");
    }

    String path() {
        return what.substring(what.indexOf(' ') + 1);
    }

    @Override
    public String toString() {
        return "client %d, %s %s, key %s, was told %s %d %s at position %d"
                .formatted(
                        client,
                        what,
                        body == null ? "" : body,
                        key,
                        outcome,
                        status,
                        answer,
                        position);
    }
}
