package jp.hashimo.loadtest;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.hashimo.loadtest.Note.Fate;
import jp.hashimo.loadtest.Whereabouts.Running;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends one request after the other and finds out what became of each, however often the service
 * dies meanwhile. Used by one thread.
 */
final class Client {
    private final Whereabouts whereabouts;
    private final Notebook notebook;
    private final Random random;
    private final AtomicBoolean mayGiveUp;
    private int servedIn;
    private @Nullable Note lastDone;
    private Fate.@Nullable Done lastAnswer;

    Client(Whereabouts whereabouts, Notebook notebook, Random random, AtomicBoolean mayGiveUp) {
        this.whereabouts = whereabouts;
        this.notebook = notebook;
        this.random = random;
        this.mayGiveUp = mayGiveUp;
    }

    /** A request that may be given up if it turns out to have left nothing. */
    Fate ask(String token, String path, Object body) {
        return settle(notebook.write(token, path, body), random.nextBoolean());
    }

    /** A request that is repeated under its key until it took effect or was refused. */
    Fate insist(String token, String path, Object body) {
        return settle(notebook.write(token, path, body), false);
    }

    private Fate settle(Note note, boolean impatient) {
        boolean toldUnknown = false;
        while (true) {
            Running running = whereabouts.now();
            try {
                Reply reply = send(note, running, toldUnknown);
                if (reply.status() != 202) {
                    return fate(note, reply);
                }
                notebook.unanswered();
            } catch (IOException e) {
                notebook.unanswered();
                running.lost().incrementAndGet();
                whereabouts.after(running.number());
            }
            JsonNode looked = lookUp(note);
            if (looked.path("state").asString("").equals("DONE")) {
                return found(note, looked);
            }
            notebook.unknown();
            toldUnknown = true;
            if (impatient && mayGiveUp.get()) {
                Instant finalAfter = Instant.parse(looked.path("finalAfter").asString());
                notebook.giveUp(note, finalAfter);
                return new Fate.GivenUp(finalAfter);
            }
        }
    }

    private Reply send(Note note, Running running, boolean toldUnknown) throws IOException {
        long sent = System.nanoTime();
        notebook.sending(note);
        Reply reply = note.call().to(running.url());
        long answered = System.nanoTime();
        if (reply.status() < 300 && reply.status() != 202) {
            if (reply.isReplay()) {
                throw new AssertionError(
                        (toldUnknown ? "found only after its key was unknown: " : "done before: ")
                                + note);
            }
            notebook.acknowledge(note, reply, sent, answered);
            served(running);
        }
        return reply;
    }

    private Fate fate(Note note, Reply reply) {
        if (reply.status() >= 500 || reply.status() == 401) {
            throw new AssertionError(note + " was answered " + reply);
        } else if (reply.status() >= 400) {
            return new Fate.Refused(reply.status(), reply.problem());
        }
        return done(note, new Fate.Done(reply.status(), reply.json()));
    }

    private Fate found(Note note, JsonNode looked) {
        notebook.foundWhole();
        var answer = new Fate.Done(looked.path("status").asInt(), looked.path("body"));
        repeat(note, answer);
        repeatLast();
        return done(note, answer);
    }

    private Fate done(Note note, Fate.Done answer) {
        lastDone = note;
        lastAnswer = answer;
        return answer;
    }

    /** What was acknowledged before the service died is answered the same after it. */
    private void repeatLast() {
        if (lastDone != null && lastAnswer != null) {
            repeat(lastDone, lastAnswer);
        }
    }

    private void repeat(Note note, Fate.Done first) {
        Reply again = persistently(note.call());
        if (!again.isReplay()
                || again.status() != first.status()
                || !again.json().equals(first.body())) {
            throw new AssertionError(
                    note + " was done with " + first + " and then answered " + again);
        }
        notebook.repeated();
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
    Reply persistently(Call call) {
        while (true) {
            Running running = whereabouts.now();
            try {
                return call.to(running.url());
            } catch (IOException e) {
                whereabouts.after(running.number());
            }
        }
    }

    private void served(Running running) {
        if (running.number() != servedIn) {
            servedIn = running.number();
            running.served().countDown();
        }
    }
}
