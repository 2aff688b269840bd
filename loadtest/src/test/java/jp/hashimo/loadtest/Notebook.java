package jp.hashimo.loadtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients know: everything they sent, and everything they were told. */
final class Notebook {
    private final AtomicInteger written = new AtomicInteger();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<GivenUp> givenUp = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger foundWhole = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile CompletableFuture<Note> nextSent = new CompletableFuture<>();

    /**
     * A write whose first answer arrived, with when it was under way by this machine's own clock.
     */
    record Acknowledged(Note note, Reply reply, long sentNanos, long answeredNanos) {
        long position() {
            return reply.position();
        }
    }

    record GivenUp(Note note, Instant finalAfter) {}

    Note write(String token, String path, Object body) {
        String key = UUID.randomUUID().toString();
        Call call = Call.post(path, body).as(token).underKey(key);
        return new Note(written.incrementAndGet(), key, token, call);
    }

    /** The next request, at the moment it is sent. */
    CompletableFuture<Note> nextSent() {
        var next = new CompletableFuture<Note>();
        nextSent = next;
        return next;
    }

    void sending(Note note) {
        nextSent.complete(note);
    }

    void acknowledge(Note note, Reply reply, long sentNanos, long answeredNanos) {
        acknowledged.add(new Acknowledged(note, reply, sentNanos, answeredNanos));
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    void foundWhole() {
        foundWhole.incrementAndGet();
    }

    void unknown() {
        unknown.incrementAndGet();
    }

    void repeated() {
        repeated.incrementAndGet();
    }

    void giveUp(Note note, Instant finalAfter) {
        givenUp.add(new GivenUp(note, finalAfter));
    }

    List<Acknowledged> acknowledged() {
        return new ArrayList<>(acknowledged);
    }

    List<GivenUp> givenUp() {
        return new ArrayList<>(givenUp);
    }

    int requestsFoundWhole() {
        return foundWhole.get();
    }

    /** The figures for the summary, in the order they are read. */
    Map<String, Integer> figures() {
        var figures = new LinkedHashMap<String, Integer>();
        figures.put("requests", written.get());
        figures.put("acknowledged", acknowledged.size());
        figures.put("left without an answer", unanswered.get());
        figures.put("of these found whole", foundWhole.get());
        figures.put("of these unknown to the ledger", unknown.get());
        figures.put("unknown and given up", givenUp.size());
        figures.put("repetitions told the first answer", repeated.get());
        return figures;
    }
}
