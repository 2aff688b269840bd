package jp.hashimo.loadtest;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hashimo.loadtest.check.Exchange;

/** What the clients know: everything they sent, and everything they were told. */
final class Notebook {
    private final AtomicInteger written = new AtomicInteger();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final Queue<GivenUp> givenUp = new ConcurrentLinkedQueue<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final Map<URI, AtomicInteger> acknowledgedBy = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger foundWhole = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile CompletableFuture<Note> nextSent = new CompletableFuture<>();

    record GivenUp(Note note, Instant finalAfter, long sentNanos) {}

    Note write(int client, String token, String path, Object body, Map<String, String> about) {
        String key = UUID.randomUUID().toString();
        Call call = Call.post(path, body).as(token).underKey(key);
        return new Note(written.incrementAndGet(), client, key, token, call, about);
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

    /** What became of a write. */
    void told(Note note, Exchange.Outcome outcome, long sentNanos, Reply reply) {
        exchanges.add(
                new Exchange(
                        note.client(),
                        "POST " + note.call().path(),
                        note.call().body(),
                        note.about(),
                        note.key(),
                        sentNanos,
                        System.nanoTime(),
                        0,
                        outcome,
                        reply.status(),
                        reply.position(),
                        reply.text()));
    }

    void acknowledged(URI by) {
        acknowledged.incrementAndGet();
        acknowledgedBy.computeIfAbsent(by, _ -> new AtomicInteger()).incrementAndGet();
    }

    /** What a read was answered. */
    void read(int client, String path, long atLeast, long sentNanos, Reply reply) {
        exchanges.add(
                new Exchange(
                        client,
                        "GET " + path,
                        null,
                        Map.of(),
                        "",
                        sentNanos,
                        System.nanoTime(),
                        atLeast,
                        Exchange.Outcome.DONE,
                        reply.status(),
                        reply.position(),
                        reply.text()));
    }

    void finding(String sentence) {
        findings.add(sentence);
    }

    void turnedAway() {
        turnedAway.incrementAndGet();
    }

    int turnedAwaySoFar() {
        return turnedAway.get();
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

    void giveUp(Note note, Instant finalAfter, long sentNanos) {
        givenUp.add(new GivenUp(note, finalAfter, sentNanos));
    }

    List<Exchange> exchanges() {
        return new ArrayList<>(exchanges);
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    List<GivenUp> givenUp() {
        return new ArrayList<>(givenUp);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int acknowledgedBy(URI node) {
        return acknowledgedBy.getOrDefault(node, new AtomicInteger()).get();
    }

    int requestsFoundWhole() {
        return foundWhole.get();
    }

    /** The figures for the summary, in the order they are read. */
    Map<String, Integer> figures() {
        var figures = new LinkedHashMap<String, Integer>();
        figures.put("requests", written.get());
        figures.put("acknowledged", acknowledged.get());
        figures.put("turned away with 503", turnedAway.get());
        figures.put("left without an answer", unanswered.get());
        figures.put("of these found whole", foundWhole.get());
        figures.put("of these unknown to the ledger", unknown.get());
        figures.put("unknown and given up", givenUp.size());
        figures.put("repetitions told the first answer", repeated.get());
        return figures;
    }
}
