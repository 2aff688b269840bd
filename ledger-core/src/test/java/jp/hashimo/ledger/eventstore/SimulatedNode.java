package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.eventstore.SimulatedLog.Statement;
import jp.hashimo.ledger.eventstore.SimulatedTown.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One life of one node: the engine's own parts, driven by the town's scheduler instead of threads,
 * on a connection that the town can break. When the node is killed, all of this is forgotten.
 */
final class SimulatedNode {
    /** Few enough that all of them are met. */
    private static final CommitLimits LIMITS =
            new CommitLimits(
                    12, 1 << 20, 4, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));

    private static final int TAIL = 24;
    private static final int KEEP_EVERY = 4;

    private final SimulatedTown town;
    private final String name;
    final Workings workings;
    final DecisionHandler handler;
    private final RequestQueue queue = new RequestQueue(LIMITS);
    private final BatchWriter writer;
    private final Map<Object, Deque<Runnable>> turns = new HashMap<>();

    private boolean alive = true;
    private boolean committing;

    /** How deep in parts that only one thread may be in. */
    private int locked;

    private Duration clockOff = Duration.ZERO;

    /** Ends everything a killed node was in the middle of. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final SimulatedNode node;

        Killed(SimulatedNode node) {
            super("killed", null, false, false);
            this.node = node;
        }

        SimulatedNode node() {
            return node;
        }
    }

    SimulatedNode(SimulatedTown town, String name, EventCodec codec) {
        this.town = town;
        this.name = name;
        workings = new Workings(new Connection(), codec, TAIL, KEEP_EVERY);
        writer =
                workings.writer(
                        "town",
                        LIMITS,
                        _ -> {},
                        answers -> town.soon(this, "answers", answers),
                        clock(),
                        this::sleep);
        handler = new DecisionHandler(workings, this::submit, clock());
        town.soon(this, "look", this::look);
    }

    @Override
    public String toString() {
        return name;
    }

    boolean canRun() {
        return alive && locked == 0;
    }

    boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    void clockOff(Duration off) {
        clockOff = off;
    }

    /** The node's own clock, which people and the town may set wrong. */
    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return town.now().plus(clockOff);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("the ledger knows instants only");
            }
        };
    }

    // The threads.

    private CompletableFuture<Appended> submit(AppendRequest request) {
        try {
            queue.add(request);
        } catch (LedgerOverloaded e) {
            town.count(Fault.OVERLOADED);
            return CompletableFuture.failedFuture(e);
        }
        wakeCommitter();
        return request.outcome();
    }

    private void wakeCommitter() {
        if (!committing && queue.size() > 0) {
            committing = true;
            town.soon(
                    this,
                    "commits",
                    () -> {
                        writer.write(queue.takeBatch());
                        committing = false;
                        wakeCommitter();
                    });
        }
    }

    private void look() {
        try {
            workings.filler.look();
        } catch (LogUnreadable e) {
            town.trace(() -> this + " sees nothing of the log");
        }
        workings.keptStates.writeWaiting();
        town.later(this, "looks", 5 + town.pick(60), this::look);
    }

    /** For a time of the town's own: the engine's has been drawn by lot elsewhere. */
    private void sleep(Duration wanted) {
        town.passTime(1L + town.pick(wanted.isZero() ? 1 : 400));
        town.others();
        mustBeAlive();
    }

    /** As the sequencer does: one after the other, in the order they came. */
    void inTurn(Object thing, Runnable work) {
        Deque<Runnable> turn = turns.computeIfAbsent(thing, _ -> new ArrayDeque<>());
        turn.add(work);
        if (turn.size() == 1) {
            work.run();
        }
    }

    /** Whoever had the turn is done. */
    void nextTurn(Object thing) {
        Deque<Runnable> turn = turns.get(thing);
        if (turn == null) {
            throw new AssertionError("nobody has the turn: " + thing);
        }
        turn.remove();
        Runnable next = turn.peek();
        if (next == null) {
            turns.remove(thing);
        } else {
            town.soon(this, "has the turn", next);
        }
    }

    private void mustBeAlive() {
        if (!alive) {
            throw new Killed(this);
        }
    }

    /** The way from this node to the log, with all that can happen on it. */
    private final class Connection implements LogStore {

        @Override
        public Answer append(@Nullable Known known, BatchJudge judged) {
            town.askedAgain();
            town.others();
            mustBeAlive();
            SimulatedLog log = town.log();
            var lost = new LogUnreadable("no answer");
            if (town.isDown() || town.happens(Fault.NOT_SENT)) {
                return new Answer.NotSent(lost);
            }
            Statement statement = Statement.of(known, judged);
            if (statement.submissions().stream().anyMatch(s -> isPoison(s.request()))) {
                town.count(Fault.UNWRITABLE);
                return new Answer.Refused(lost);
            }
            if (town.happens(Fault.LOST_BEFORE_COMMIT)) {
                return new Answer.Silence(lost);
            }
            if (town.happens(Fault.WRITTEN_LATER)) {
                town.linger(statement);
                return new Answer.Silence(lost);
            }
            int restores = log.restores();
            List<Verdict> verdicts = log.append(statement, town.databaseNow());
            town.trace(() -> name + " appends " + verdicts);
            town.others();
            mustBeAlive();
            return restores != log.restores() || town.happens(Fault.ANSWER_LOST)
                    ? new Answer.Silence(lost)
                    : new Answer.Judged(verdicts);
        }

        private static boolean isPoison(AppendRequest request) {
            return request.events().stream()
                    .anyMatch(e -> SimulatedTown.POISON.equals(e.metadata().get(Stamp.BODY_HASH)));
        }

        /** Nothing of the node runs meanwhile if it holds one of its locks. */
        private <T> T read(boolean underLock, Supplier<T> reading) {
            town.askedAgain();
            locked += underLock ? 1 : 0;
            try {
                town.others();
                mustBeAlive();
                int restores = town.log().restores();
                if (town.isDown() || town.happens(Fault.UNREADABLE)) {
                    throw new LogUnreadable("no answer");
                }
                T read = reading.get();
                town.others();
                mustBeAlive();
                if (restores != town.log().restores()) {
                    throw new LogUnreadable("the connection broke");
                }
                return read;
            } finally {
                locked -= underLock ? 1 : 0;
            }
        }

        @Override
        public Found bringUpToDate(
                @Nullable Known known, Map<Fold<?>, Held<?>> olds, @Nullable String requestId) {
            return read(false, () -> town.log().bringUpToDate(known, olds, requestId));
        }

        @Override
        public Tail.Head end() {
            return read(true, () -> town.log().end());
        }

        @Override
        public boolean has(Known known) {
            return read(true, () -> town.log().has(known));
        }

        @Override
        public List<Tail.Entry> between(long after, long upTo) {
            return read(true, () -> town.log().between(after, upTo));
        }

        @Override
        public List<RecordedEvent> after(long position, int limit) {
            return read(
                    false,
                    () ->
                            town.log().between(position, position + limit).stream()
                                    .map(Tail.Entry::event)
                                    .toList());
        }

        @Override
        public List<RecordedEvent> ofRequest(String requestId) {
            return read(false, () -> town.log().ofRequest(requestId));
        }

        @Override
        public boolean hasTaggedRequests() {
            return false;
        }

        @Override
        public void keep(Collection<KeptState> states) {
            read(
                    false,
                    () -> {
                        town.log().keep(states);
                        return true;
                    });
        }
    }
}
