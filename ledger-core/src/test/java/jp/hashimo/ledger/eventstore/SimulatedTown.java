package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.eventstore.SimulatedLog.Statement;
import jp.hashimo.ledger.eventstore.SimulatedNode.Killed;
import jp.hashimo.ledger.readmodel.LedgerEvents;
import jp.hashimo.ledger.testing.City;
import org.jspecify.annotations.Nullable;

/**
 * A small town on two nodes, all of it in one thread: a seed decides what comes next, who is
 * interrupted where, and what breaks. The same seed is the same story, to the last step.
 *
 * <p>Whoever asks the log may be overtaken there by anybody else, as a thread can be, unless he
 * holds a lock of his node. First come the faults, then a time without any, in which everybody must
 * get an answer.
 */
final class SimulatedTown {
    private static final EventCodec CODEC = new EventCodec(LedgerEvents.all());
    private static final int DEEPEST = 3;
    private static final int ENOUGH = 200_000;

    /** The body of a request that the database cannot write. */
    static final String POISON = "poison";

    /** What can go wrong, and how often of a thousand times. */
    enum Fault {
        NOT_SENT(15),
        LOST_BEFORE_COMMIT(15),
        ANSWER_LOST(25),
        WRITTEN_LATER(12),
        UNREADABLE(8),
        UNWRITABLE(0),
        OVERLOADED(0),
        OVERTAKEN(250),
        NODE_KILLED(7),
        LOG_SHORTER(7),
        LOG_DOWN(5),
        MEMORY_FORGOTTEN(10),
        CLOCK_STEPPED(10),
        TIME_PASSED(30);

        private final int perMille;

        Fault(int perMille) {
            this.perMille = perMille;
        }
    }

    private final SplittableRandom random;
    private final @Nullable Consumer<String> tracing;
    private final SimulatedLog log = new SimulatedLog();
    private final List<Task> tasks = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<SimulatedRequest> requests = new ArrayList<>();
    private final Map<Fold<?>, Boolean> folds = new LinkedHashMap<>();
    private final TownChecks checks = new TownChecks(log);
    private final TownErrands errands;

    private long millis;
    private long databaseOff;
    private long downUntil;
    private int lingering;
    private int depth;
    private int steps;
    private int askedInOneStep;
    private boolean safe = true;
    private int lives;
    private @Nullable Throwable finding;

    /** Something that happens at some time, on a life of a node or nowhere in particular. */
    private record Task(long due, @Nullable SimulatedNode node, String what, Runnable work) {}

    /**
     * @param tracing told every step, if it is there
     */
    SimulatedTown(long seed, @Nullable Consumer<String> tracing) {
        this.random = new SplittableRandom(seed);
        this.tracing = tracing;
        this.errands = new TownErrands(this);
        errands.foundTown(log, CODEC);
        for (int i = 0; i < 2; i++) {
            nodes.add(newNode(i));
        }
    }

    private SimulatedNode newNode(int place) {
        lives++;
        return new SimulatedNode(this, (place == 0 ? "east" : "west") + lives, CODEC);
    }

    // A story.

    /**
     * Lives through so many commands with faults, then without; all that is promised is checked.
     */
    void live(int commands) {
        for (int i = 0; i < commands; i++) {
            ask(errands.next());
            int pause = pick(6);
            for (int k = 0; k < pause; k++) {
                step();
            }
            misfortune();
        }
        runUntilQuiet(400);
        checks.memory(nodes, folds.keySet());
        calm();
        requests.forEach(request -> request.insist(this));
        runUntil(() -> requests.stream().allMatch(SimulatedRequest::isSettled));
        passTime(15 * 60_000);
        errands.everythingEnds().forEach(this::ask);
        runUntil(() -> requests.stream().allMatch(SimulatedRequest::isSettled));
        SimulatedRequest last = errands.newcomer();
        ask(last);
        runUntil(last::isSettled);
        checks.succeeded(last);
        checks.memory(nodes, folds.keySet());
        checks.everything(requests);
        checks.nothingIsHeld();
    }

    private void runUntilQuiet(int most) {
        for (int i = 0; i < most; i++) {
            step();
            misfortune();
        }
    }

    private void runUntil(Supplier<Boolean> done) {
        int begun = steps;
        while (!done.get()) {
            step();
            if (steps - begun > ENOUGH) {
                throw new AssertionError("some are never answered: " + open());
            }
        }
    }

    private List<SimulatedRequest> open() {
        return requests.stream().filter(r -> !r.isSettled()).toList();
    }

    /** Now and then something happens to the whole town. */
    private void misfortune() {
        if (happens(Fault.NODE_KILLED)) {
            killOne();
        } else if (happens(Fault.LOG_DOWN)) {
            downUntil = millis + 1 + pick(3_000);
            trace(() -> "the log is down for " + (downUntil - millis) + " ms");
        } else if (happens(Fault.LOG_SHORTER)) {
            int to = Math.max(errands.founded(), log.size() - 1 - pick(6));
            boolean keptToo = random.nextBoolean();
            trace(() -> "the log is shortened from " + log.size() + " to " + to);
            log.shorten(to, keptToo);
            tasks.removeIf(task -> task.what().equals("lingers"));
            lingering = 0;
        } else if (happens(Fault.MEMORY_FORGOTTEN)) {
            nodes.get(pick(2)).workings.cache.forget();
        } else if (happens(Fault.CLOCK_STEPPED)) {
            stepClock();
        } else if (happens(Fault.TIME_PASSED)) {
            passTime(errands.aWhile());
        }
    }

    private void killOne() {
        int place = pick(2);
        SimulatedNode node = nodes.get(place);
        trace(() -> node + " is killed");
        node.kill();
        nodes.set(place, newNode(place));
        List.copyOf(requests).forEach(request -> request.lostWith(this, node));
    }

    private void stepClock() {
        long off = pick(3) == 0 ? pick(20 * 60_000) - 10 * 60_000 : pick(2_000) - 1_000;
        int whose = pick(3);
        if (whose < 2) {
            trace(() -> nodes.get(whose) + "'s clock is off by " + off);
            nodes.get(whose).clockOff(Duration.ofMillis(off));
        } else if (off >= databaseOff || lingering == 0) {
            // A statement that lingers over a deadline, on a clock that is set back, is beyond
            // help.
            databaseOff = off;
        }
    }

    private void calm() {
        trace(() -> "from here on nothing breaks");
        safe = false;
        downUntil = 0;
        databaseOff = Math.max(databaseOff, 0);
        nodes.forEach(node -> node.clockOff(Duration.ofMillis(databaseOff)));
        passTime(15 * 60_000);
    }

    private void ask(SimulatedRequest request) {
        requests.add(request);
        request.send(this);
    }

    SimulatedNode anyNode() {
        return nodes.get(pick(nodes.size()));
    }

    boolean isCalm() {
        return !safe;
    }

    // One attempt of one request.

    /** Has a node judge it, and again while it has to be decided afresh; tells how it ended. */
    void judge(SimulatedRequest.Attempt attempt) {
        SimulatedNode node = attempt.node();
        List<Fold<?>> boundary = attempt.command().boundary();
        boundary.forEach(fold -> folds.put(fold, true));
        soon(
                node,
                attempt + " begins",
                () -> node.inTurn(boundary.getFirst(), () -> judge(attempt, false)));
    }

    private void judge(SimulatedRequest.Attempt attempt, boolean again) {
        SimulatedNode node = attempt.node();
        try {
            if (!again && !node.clock().instant().isBefore(attempt.stamp().deadline())) {
                end(attempt, Ledger.tooLate(attempt.stamp(), node.workings.store));
                return;
            }
            CompletableFuture<Outcome> outcome =
                    node.handler.judge(attempt.recording(), attempt.stamp(), again);
            var _ =
                    outcome.whenComplete((done, failure) -> {
                        // A future would keep to itself what is thrown here.
                        try {
                            if (failure == null) {
                                end(attempt, done);
                            } else {
                                failed(attempt, cause(failure));
                            }
                        } catch (Killed killed) {
                            trace(() -> attempt + " dies");
                        } catch (RuntimeException | Error finding) {
                            this.finding = finding;
                        }
                    });
        } catch (RuntimeException failure) {
            failed(attempt, failure);
        }
    }

    private static RuntimeException cause(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> cause(e.getCause());
            case RuntimeException e -> e;
            default -> throw new AssertionError(failure);
        };
    }

    private void failed(SimulatedRequest.Attempt attempt, RuntimeException failure) {
        SimulatedNode node = attempt.node();
        try {
            Ledger.lastWord(failure, attempt.stamp(), node.clock().instant(), node.workings.store)
                    .ifPresentOrElse(
                            outcome -> end(attempt, outcome),
                            () ->
                                    later(
                                            node,
                                            attempt + " again",
                                            1 + pick(50),
                                            () -> judge(attempt, true)));
        } catch (LogUnreadable | LedgerOverloaded | UnwritableEvents e) {
            trace(() -> attempt + " fails: " + e);
            node.nextTurn(attempt.turn());
            attempt.request().failed(this, attempt, e);
        }
    }

    private void end(SimulatedRequest.Attempt attempt, Outcome outcome) {
        trace(() -> attempt + " -> " + outcome);
        checks.answer(attempt, outcome);
        attempt.node().nextTurn(attempt.turn());
        attempt.request().answered(this, attempt, outcome);
    }

    // The scheduler.

    void soon(@Nullable SimulatedNode node, String what, Runnable work) {
        later(node, what, 0, work);
    }

    void later(@Nullable SimulatedNode node, String what, long delay, Runnable work) {
        tasks.add(new Task(millis + delay, node, what, work));
    }

    private void step() {
        if (finding != null) {
            throw new AssertionError(finding.getMessage(), finding);
        }
        steps++;
        askedInOneStep = 0;
        if (!runOne()) {
            long next = Long.MAX_VALUE;
            for (Task task : tasks) {
                next = Math.min(next, task.due());
            }
            millis = Math.max(millis, next);
            runOne();
        }
    }

    private boolean runOne() {
        tasks.removeIf(task -> task.node() != null && !task.node().isAlive());
        List<Task> ready = new ArrayList<>();
        for (Task task : tasks) {
            if (task.due() <= millis && (task.node() == null || task.node().canRun())) {
                ready.add(task);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        Task task = ready.get(pick(ready.size()));
        tasks.remove(task);
        trace(() -> (task.node() == null ? "the town" : task.node()) + ": " + task.what());
        try {
            task.work().run();
        } catch (Killed killed) {
            if (killed.node() != task.node()) {
                throw killed;
            }
        }
        return true;
    }

    /** Here whoever runs may be overtaken by others. */
    void others() {
        if (depth < DEEPEST && happens(Fault.OVERTAKEN)) {
            depth++;
            for (int i = pick(4); i >= 0; i--) {
                runOne();
            }
            if (depth == 1 || pick(4) == 0) {
                misfortune();
            }
            depth--;
        }
    }

    /** Whoever asks the log on and on without letting time pass would do so for ever. */
    void askedAgain() {
        if (++askedInOneStep > 2_000) {
            throw new AssertionError("the log is asked without end");
        }
    }

    /** A statement whose connection is gone, and which the database will carry out all the same. */
    void linger(Statement statement) {
        lingering++;
        later(
                null,
                "lingers",
                pick(4) == 0 ? pick(20_000) : pick(100),
                () -> {
                    lingering--;
                    List<Verdict> verdicts = log.append(statement, databaseNow());
                    trace(() -> "what lingered is judged " + verdicts);
                });
    }

    // Chance and time.

    boolean happens(Fault fault) {
        boolean happens =
                (safe || fault == Fault.OVERTAKEN) && random.nextInt(1_000) < fault.perMille;
        if (happens) {
            count(fault);
        }
        return happens;
    }

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    void passTime(long passing) {
        millis += passing;
    }

    boolean isDown() {
        return millis < downUntil;
    }

    Instant now() {
        return City.NOON.plusMillis(millis);
    }

    Instant databaseNow() {
        return now().plusMillis(databaseOff);
    }

    SimulatedLog log() {
        return log;
    }

    /** How much of the log somebody has been told of. */
    long acknowledged() {
        return checks.acknowledged();
    }

    Map<Fault, Integer> faults() {
        return faults;
    }

    int commands() {
        return requests.stream().mapToInt(request -> request.attempts().size()).sum();
    }

    void trace(Supplier<String> what) {
        if (tracing != null) {
            tracing.accept(millis + " " + "  ".repeat(depth) + what.get());
        }
    }
}
