package jp.hashimo.loadtest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.hashimo.loadtest.Note.Fate;
import jp.hashimo.loadtest.Whereabouts.Running;
import jp.hashimo.loadtest.check.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends one request after the other and finds out what became of each, whatever happens meanwhile
 * to the service or what is under it. Used by one thread.
 */
final class Client {
    private static final Duration UNTIL_AGAIN = Duration.ofMillis(200);

    private final int number;
    private final Whereabouts whereabouts;
    private final Notebook notebook;
    private final Random random;
    private final AtomicBoolean mayGiveUp;
    private int servedIn;
    private long seen;
    private @Nullable Note lastDone;
    private Fate.@Nullable Done lastAnswer;

    Client(
            int number,
            Whereabouts whereabouts,
            Notebook notebook,
            Random random,
            AtomicBoolean mayGiveUp) {
        this.number = number;
        this.whereabouts = whereabouts;
        this.notebook = notebook;
        this.random = random;
        this.mayGiveUp = mayGiveUp;
    }

    /** A request that may be given up if it turns out to have left nothing. */
    Fate ask(String token, String path, Object body, Map<String, String> about) {
        return settle(notebook.write(number, token, path, body, about), random.nextBoolean());
    }

    /** A request that is repeated under its key until it took effect or was refused. */
    Fate insist(String token, String path, Object body) {
        return settle(notebook.write(number, token, path, body, Map.of()), false);
    }

    /** Reads what is at least as new as all that this client has seen, if it is to be had. */
    void look(String token, String path) {
        Running running = whereabouts.now();
        long sent = System.nanoTime();
        long atLeast = seen;
        try {
            Reply reply = Call.get(path).as(token).notBefore(atLeast).to(running.url());
            if (reply.status() == 200) {
                notebook.read(number, path, atLeast, sent, reply);
                seen = Math.max(seen, reply.position());
            } else if (reply.status() != 503) {
                notebook.finding("GET " + path + " was answered " + reply);
            }
        } catch (IOException e) {
            whereabouts.pause(running.number(), UNTIL_AGAIN);
        }
    }

    private Fate settle(Note note, boolean impatient) {
        long sent = System.nanoTime();
        boolean perhapsDone = false;
        while (true) {
            Running running = whereabouts.now();
            try {
                notebook.sending(note);
                Reply reply = note.call().to(running.url());
                if (reply.status() == 503) {
                    notebook.turnedAway();
                    whereabouts.pause(running.number(), UNTIL_AGAIN);
                    continue;
                } else if (reply.status() >= 500) {
                    notebook.finding(note + " was answered " + reply);
                } else if (reply.status() != 202) {
                    return fate(note, running, reply, sent, perhapsDone);
                }
                notebook.unanswered();
            } catch (IOException e) {
                notebook.unanswered();
                running.lost().incrementAndGet();
                whereabouts.pause(running.number(), UNTIL_AGAIN);
            }
            perhapsDone = true;
            JsonNode looked = lookUp(note);
            if (looked.path("state").asString("").equals("DONE")) {
                return found(note, looked, sent);
            }
            notebook.unknown();
            if (impatient && mayGiveUp.get()) {
                Instant finalAfter = Instant.parse(looked.path("finalAfter").asString());
                notebook.giveUp(note, finalAfter, sent);
                return new Fate.GivenUp(finalAfter);
            }
        }
    }

    private Fate fate(Note note, Running running, Reply reply, long sent, boolean perhapsDone) {
        if (reply.status() == 401) {
            throw new AssertionError(note + " was answered " + reply);
        } else if (reply.status() >= 400) {
            notebook.told(note, Exchange.Outcome.REFUSED, sent, reply);
            seen = Math.max(seen, reply.position());
            return new Fate.Refused(reply.status(), reply.problem());
        }
        if (reply.isReplay() && !perhapsDone) {
            notebook.finding(note + " was answered with errors alone, and yet was done: " + reply);
        }
        notebook.told(note, Exchange.Outcome.DONE, sent, reply);
        notebook.acknowledged(running.url());
        seen = Math.max(seen, reply.position());
        served(running);
        return done(note, new Fate.Done(reply.status(), reply.json()));
    }

    private Fate found(Note note, JsonNode looked, long sent) {
        notebook.foundWhole();
        var answer = new Fate.Done(looked.path("status").asInt(), looked.path("body"));
        Reply again = repeat(note, answer);
        notebook.told(note, Exchange.Outcome.DONE, sent, again);
        seen = Math.max(seen, again.position());
        if (lastDone != null && lastAnswer != null) {
            // What was acknowledged before the fault is answered the same after it.
            var _ = repeat(lastDone, lastAnswer);
        }
        return done(note, answer);
    }

    private Fate done(Note note, Fate.Done answer) {
        lastDone = note;
        lastAnswer = answer;
        return answer;
    }

    private Reply repeat(Note note, Fate.Done first) {
        Reply again = persistently(note.call());
        if (!again.isReplay()
                || again.status() != first.status()
                || !again.json().equals(first.body())) {
            notebook.finding(note + " was done with " + first + " and then answered " + again);
        }
        notebook.repeated();
        return again;
    }

    private JsonNode lookUp(Note note) {
        Reply reply;
        do {
            reply = persistently(Call.get("/api/v1/requests/" + note.key()).as(note.token()));
        } while (reply.status() == 200
                && reply.json().path("state").asString("").equals("PENDING"));
        if (reply.status() == 404 && reply.problem().equals("request-unknown")) {
            return reply.json();
        }
        return reply.expect(200);
    }

    /** Until it is answered; only for what may be sent any number of times. */
    private Reply persistently(Call call) {
        while (true) {
            Running running = whereabouts.now();
            try {
                Reply reply = call.to(running.url());
                if (reply.status() != 503 && reply.status() != 202) {
                    return reply;
                }
            } catch (IOException e) {
                running.lost().incrementAndGet();
            }
            whereabouts.pause(running.number(), UNTIL_AGAIN);
        }
    }

    private void served(Running running) {
        if (running.number() != servedIn) {
            servedIn = running.number();
            running.served().countDown();
        }
    }
}
