package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.FoldReader.Fresh;
import jp.hashimo.ledger.eventstore.FoldReader.Reading;
import org.axonframework.messaging.commandhandling.CommandHandler;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every command in the same way: bring its folds up to date, decide, append.
 *
 * <p>The append is the last thing it does, and its answer is the command's. The ids of the events
 * follow from the request, so the same request cannot take effect twice, however often it is sent
 * and on however many nodes.
 */
final class DecisionHandler implements CommandHandler {
    private static final Logger log = LoggerFactory.getLogger(DecisionHandler.class);
    private static final MessageType OUTCOME = new MessageType(Outcome.class);

    private final Workings workings;
    private final Function<AppendRequest, CompletableFuture<Appended>> committer;
    private final Clock clock;

    /**
     * @param committer takes what is decided and tells where the log put it
     * @param clock the time the rules see
     */
    DecisionHandler(
            Workings workings,
            Function<AppendRequest, CompletableFuture<Appended>> committer,
            Clock clock) {
        this.workings = workings;
        this.committer = committer;
        this.clock = clock;
    }

    @Override
    public MessageStream.Single<CommandResultMessage> handle(
            CommandMessage message, ProcessingContext context) {
        var request = (Ledger.Request) Objects.requireNonNull(message.payload());
        return MessageStream.fromFuture(
                judge(request.command(), request.stamp(), request.again())
                        .thenApply(outcome -> new GenericCommandResultMessage(OUTCOME, outcome)));
    }

    /**
     * Decides and appends, or tells what the request has done before.
     *
     * @param again whether there is a reason to look for that first. There is none the first time:
     *     the append would fail.
     */
    <S, R extends Rejection> CompletableFuture<Outcome> judge(
            Command<S, R> command, Stamp stamp, boolean again) {
        return (again ? before(stamp) : Optional.<Outcome>empty())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> decide(command, stamp, again ? List.of() : command.presumedNew()));
    }

    private Optional<Outcome> before(Stamp stamp) {
        List<RecordedEvent> before = workings.store.ofRequest(stamp.requestId());
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(Ledger.repeated(before, stamp, workings.store.end().position()));
    }

    private <S, R extends Rejection> CompletableFuture<Outcome> decide(
            Command<S, R> command, Stamp stamp, List<Fold<?>> presumedNew) {
        Reading reading = workings.folds.read(command.boundary(), presumedNew);
        return switch (command.decide(command.state(reading.known()), clock.instant())) {
            case Decision.Accepted<R>(var events) -> append(events, stamp, reading);
            case Decision.Rejected<R> _ -> decideByLog(command, stamp);
        };
    }

    /**
     * A yes is judged by its append; a no is final, and nobody looks at it again. So it is given by
     * the log as it is now, never by memory alone: what stands in the way may be gone by what
     * another node has acknowledged, or may be the request's own doing, sent twice.
     */
    private <S, R extends Rejection> CompletableFuture<Outcome> decideByLog(
            Command<S, R> command, Stamp stamp) {
        Fresh fresh = workings.folds.readNow(command.boundary(), stamp.requestId());
        Reading reading = fresh.reading();
        return (fresh.done() ? before(stamp) : Optional.<Outcome>empty())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() ->
                        switch (command.decide(command.state(reading.known()), clock.instant())) {
                            case Decision.Accepted<R>(var events) -> append(events, stamp, reading);
                            case Decision.Rejected<R>(var reason) ->
                                    CompletableFuture.completedFuture(
                                            new Outcome.Refused(reason, reading.head().position()));
                        });
    }

    private CompletableFuture<Outcome> append(
            List<LedgerEvent> events, Stamp stamp, Reading reading) {
        List<NewEvent> written = new ArrayList<>(events.size());
        Map<String, String> metadata = stamp.metadata();
        String metadataText = workings.codec.encodeMetadata(metadata);
        for (LedgerEvent event : events) {
            written.add(
                    new NewEvent(
                            RequestIds.of(stamp.requestId(), written.size()),
                            event,
                            workings.codec.encode(event),
                            Tags.keys(FactTags.of(event)),
                            metadata,
                            metadataText));
        }
        var request = new AppendRequest(written, condition(reading, stamp), stamp.deadline());
        return committer
                .apply(request)
                .thenApply(where -> {
                    // Once in doubt, the same facts may have been found that a twin of the request
                    // has written on what it knew, which need not be what was read here.
                    if (!request.inDoubt()) {
                        remember(reading, written, where);
                    }
                    return done(written, where);
                });
    }

    /** What is durable is done, whatever becomes of our memory of it. */
    private void remember(Reading reading, List<NewEvent> written, Appended where) {
        try {
            workings.memory.appended(reading.states(), reading.losses(), written, where);
        } catch (RuntimeException e) {
            log.error("what was written at {} could not be folded", where, e);
        }
    }

    /** Where requests were once known by a tag, one of that time must not take effect again. */
    private Condition condition(Reading reading, Stamp stamp) {
        TaggedRequests tagged = workings.taggedRequests;
        return tagged.exist() ? tagged.guarded(reading.condition(), stamp) : reading.condition();
    }

    private static Outcome done(List<NewEvent> written, Appended where) {
        List<RecordedEvent> events = new ArrayList<>(written.size());
        for (NewEvent event : written) {
            events.add(event.recorded(where.firstPosition() + events.size(), where.at()));
        }
        return new Outcome.Done(events, where.lastPosition(), false);
    }
}
