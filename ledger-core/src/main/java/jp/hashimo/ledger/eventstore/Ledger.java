package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Rejection;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;

/**
 * The door of the ledger: takes a command and says what became of it, after it is durable.
 *
 * <p>When another command has changed the facts between reading and appending, everything is
 * decided afresh, with the same request id, until the deadline.
 */
public final class Ledger {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final CommandBus commandBus;
    private final AtomicLong lastPosition = new AtomicLong();

    /** What travels over the command bus. */
    record Request(Command<?, ?> command, Stamp stamp) {}

    /**
     * Subscribes the one handler for all commands.
     *
     * @param commands every class of command this ledger answers
     * @param clock the ledger's clock, whose time the rules see
     */
    public Ledger(
            CommandBus commandBus,
            EventStore eventStore,
            EventCodec codec,
            Clock clock,
            Collection<Class<? extends Command<?, ?>>> commands) {
        this.commandBus = commandBus;
        var handler = new DecisionHandler(eventStore, codec, clock);
        commands.forEach(command -> commandBus.subscribe(new QualifiedName(command), handler));
    }

    /**
     * Blocks until the outcome is durable; never throws for a refusal, an overload is a {@link
     * LedgerOverloaded}.
     */
    public <S, R extends Rejection> Outcome execute(Command<S, R> command, Stamp stamp) {
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                return dispatch(command, stamp);
            } catch (AppendEventsTransactionRejectedException conflict) {
                if (!wallClockBefore(stamp.deadline())) {
                    return new Outcome.NoTime();
                }
                // Two nodes that retry in step would meet again; a random share of the pause parts
                // them.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos()) + 1);
            } catch (TooLate late) {
                return new Outcome.NoTime();
            } catch (OutcomeUnknown unknown) {
                return new Outcome.Unknown();
            }
        }
    }

    private Outcome dispatch(Command<?, ?> command, Stamp stamp) {
        var message =
                new GenericCommandMessage(
                        new MessageType(command.getClass()), new Request(command, stamp));
        try {
            var result = commandBus.dispatch(message, null).join();
            return remembered(
                    (Judgement) Objects.requireNonNull(Objects.requireNonNull(result).payload()));
        } catch (CompletionException wrapped) {
            throw wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
        }
    }

    /**
     * The last position this node has written, so that its callers can read what they have done.
     */
    public long lastPosition() {
        return lastPosition.get();
    }

    /**
     * The same request again: the first outcome, unless it asks for something else now.
     *
     * @param before the facts the request left
     */
    public static Outcome repeated(List<RecordedEvent> before, Stamp stamp, long position) {
        boolean same =
                before.stream()
                        .allMatch(e -> stamp.bodyHash().equals(e.metadata().get(Stamp.BODY_HASH)));
        return same
                ? new Outcome.Done(before, before.getLast().position(), true)
                : new Outcome.KeyReused(position);
    }

    private Outcome remembered(Judgement judgement) {
        Outcome outcome = outcome(judgement);
        if (outcome instanceof Outcome.Done done) {
            lastPosition.accumulateAndGet(done.position(), Math::max);
        }
        return outcome;
    }

    private static Outcome outcome(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Settled(var outcome) -> outcome;
            case Judgement.Appending appending -> {
                Appended appended = appending.box().value();
                List<RecordedEvent> events = new ArrayList<>();
                for (int i = 0; i < appending.events().size(); i++) {
                    events.add(
                            new RecordedEvent(
                                    appended.firstPosition() + i,
                                    appended.at(),
                                    appending.ids().get(i),
                                    appending.events().get(i),
                                    appending.metadata()));
                }
                yield new Outcome.Done(events, appended.lastPosition(), false);
            }
        };
    }

    private static boolean wallClockBefore(Instant deadline) {
        return Clock.systemUTC().instant().isBefore(deadline);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
