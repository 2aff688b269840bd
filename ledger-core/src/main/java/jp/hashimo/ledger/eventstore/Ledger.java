package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Rejection;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;

/**
 * The door of the ledger: takes a command and says what became of it, after it is durable.
 *
 * <p>Commands that change the same thing wait for each other. When another node has changed the
 * facts between reading and appending, everything is decided afresh, with the same request id,
 * until the deadline.
 */
public final class Ledger {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final CommandBus commandBus;
    private final PostgresEventStorageEngine engine;
    private final LogStore log;
    private final Sequencer sequencer = new Sequencer();
    private final AtomicReference<Written> written = new AtomicReference<>(new Written(0, 0));

    /**
     * The last position this node has written.
     *
     * @param losses how often the log has become shorter before that
     */
    private record Written(long position, long losses) {}

    /**
     * What travels over the command bus.
     *
     * @param again whether it was tried before
     */
    record Request(Command<?, ?> command, Stamp stamp, boolean again) {}

    /**
     * Subscribes the one handler for all commands.
     *
     * @param commands every class of command this ledger answers
     * @param clock the ledger's clock, whose time the rules see
     */
    public Ledger(
            CommandBus commandBus,
            PostgresEventStorageEngine engine,
            Clock clock,
            Collection<Class<? extends Command<?, ?>>> commands) {
        this.commandBus = commandBus;
        this.engine = engine;
        this.log = engine.workings().store;
        // Nobody shall wait for what this node once wrote and the log no longer has.
        engine.whenLogGetsShorter(
                () -> written.updateAndGet(old -> new Written(0, old.losses() + 1)));
        var handler = new DecisionHandler(engine.workings(), engine::append, clock);
        commands.forEach(command -> commandBus.subscribe(new QualifiedName(command), handler));
    }

    /**
     * Blocks until the outcome is durable; never throws for a refusal, an overload is a {@link
     * LedgerOverloaded}.
     */
    public <S, R extends Rejection> Outcome execute(Command<S, R> command, Stamp stamp) {
        List<Fold<?>> boundary = command.boundary();
        if (boundary.isEmpty()) {
            throw new IllegalArgumentException("it depends on nothing: " + command);
        }
        return sequencer
                .inTurn(
                        boundary.getFirst(),
                        Duration.between(wallClock(), stamp.deadline()),
                        () -> untilDecided(command, stamp))
                .orElseGet(() -> tooLate(stamp, log));
    }

    private Outcome untilDecided(Command<?, ?> command, Stamp stamp) {
        Duration pause = FIRST_PAUSE;
        long losses = written().losses();
        for (boolean again = false; ; again = true) {
            try {
                Outcome outcome = dispatch(new Request(command, stamp, again));
                if (outcome instanceof Outcome.Done done) {
                    remember(done.position(), losses);
                }
                return outcome;
            } catch (RuntimeException failure) {
                Optional<Outcome> last = lastWord(failure, stamp, wallClock(), log);
                if (last.isPresent()) {
                    return last.get();
                }
                // Two nodes that retry in step would meet again; a random share of the pause parts
                // them.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos()) + 1);
                pause = longer(pause);
            }
        }
    }

    /**
     * If the log became shorter meanwhile, nobody knows here whether it was before or after the
     * event was written: then no more is waited for than there is, and nothing while the log does
     * not answer. What was done stays done either way.
     *
     * @param losses as they were before it was decided
     */
    private void remember(long position, long losses) {
        while (true) {
            Written last = written();
            long there = last.losses() == losses ? position : Math.min(position, end());
            var next = new Written(Math.max(last.position(), there), last.losses());
            if (written.compareAndSet(last, next)) {
                return;
            }
        }
    }

    private long end() {
        try {
            return log.end().position();
        } catch (LogUnreadable e) {
            return 0;
        }
    }

    private Written written() {
        return Objects.requireNonNull(written.get());
    }

    /**
     * What a failure means to who asked; empty if it is decided afresh, because somebody else has
     * changed the facts and there is time left.
     */
    static Optional<Outcome> lastWord(
            RuntimeException failure, Stamp stamp, Instant now, LogStore log) {
        return switch (failure) {
            case AppendEventsTransactionRejectedException _ ->
                    now.isBefore(stamp.deadline())
                            ? Optional.empty()
                            : Optional.of(tooLate(stamp, log));
            case TooLate _ -> Optional.of(tooLate(stamp, log));
            case OutcomeUnknown _ -> Optional.of(new Outcome.Unknown());
            default -> throw failure;
        };
    }

    /** It was not done now; whether it was before, the log tells. */
    static Outcome tooLate(Stamp stamp, LogStore log) {
        List<RecordedEvent> before = log.ofRequest(stamp.requestId());
        return before.isEmpty()
                ? new Outcome.NoTime()
                : repeated(before, stamp, log.end().position());
    }

    private Outcome dispatch(Request request) {
        var message =
                new GenericCommandMessage(new MessageType(request.command().getClass()), request);
        try {
            var result = commandBus.dispatch(message, null).join();
            return (Outcome) Objects.requireNonNull(Objects.requireNonNull(result).payload());
        } catch (CompletionException wrapped) {
            throw wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
        }
    }

    /**
     * What this node knows of something, as a decision would see it at first: up to what it has
     * written itself, and what others have written up to when it last looked.
     */
    public <T> T know(Fold<T> fold) {
        return engine.workings().folds.read(List.of(fold), List.of()).known().of(fold);
    }

    /**
     * The last position this node has written, so that its callers can read what they have done.
     */
    public long lastPosition() {
        return written().position();
    }

    /**
     * The same request again: the first outcome, unless it asks for something else now.
     *
     * @param before the facts the request left
     * @param position where the log ends
     */
    public static Outcome repeated(List<RecordedEvent> before, Stamp stamp, long position) {
        boolean same =
                before.stream()
                        .allMatch(e -> stamp.bodyHash().equals(e.metadata().get(Stamp.BODY_HASH)));
        return same
                ? new Outcome.Done(before, before.getLast().position(), true)
                : new Outcome.KeyReused(position);
    }

    private static Instant wallClock() {
        return Clock.systemUTC().instant();
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
