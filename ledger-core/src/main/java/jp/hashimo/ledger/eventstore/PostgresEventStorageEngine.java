package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's event store on PostgreSQL: one log of one order per ledger, written by {@link Committer}.
 *
 * <p>Positions count from 1 without a gap. A consistency marker is the last position that was there
 * when a decision read, 0 for an empty log; a token is the last position that was seen, so the
 * first token is 0.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine, AutoCloseable {
    /**
     * In the context of a command: until when its events may be written. None if absent. It is
     * checked against the clock of the database, which must agree with ours as far as it matters.
     */
    public static final ResourceKey<Instant> DEADLINE = ResourceKey.withLabel("deadline");

    /** In the context of a command, once its events are durable: where they stand. */
    public static final ResourceKey<Appended> APPENDED = ResourceKey.withLabel("appended");

    /** With each message that was sourced or streamed: the fact as the log holds it. */
    public static final ResourceKey<RecordedEvent> RECORDED = ResourceKey.withLabel("recorded");

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStorageEngine.class);

    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final Workings workings;
    private final HeadWatch watch;
    private final HeadNotices notices;
    private final EventLog log;
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
    private final Committer committer;

    /**
     * @param database pooled connections in autocommit, of the role that may not change the log; it
     *     gives up after a few seconds when it has none
     * @param pollEvery how often to look for what other nodes appended
     * @param wall the clock that deadlines are set by
     */
    public PostgresEventStorageEngine(
            DataSource database,
            String ledgerId,
            EventCodec codec,
            CommitLimits limits,
            Duration pollEvery,
            Clock wall) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        var store = new PostgresLogStore(database, ledgerId, codec, limits.answerWithin());
        workings = new Workings(store, codec);
        workings.knowledge.whenShorter(this::tellOfLoss);
        watch = new HeadWatch(workings.filler::look, ledgerId, pollEvery);
        notices = new HeadNotices(database, ledgerId, watch::hint);
        log = new EventLog(store, ledgerId, watch, workings.tail);
        var writer =
                workings.writer(
                        ledgerId,
                        limits,
                        this::appended,
                        answers,
                        wall,
                        pause -> LockSupport.parkNanos(pause.toNanos()));
        committer = new Committer(new RequestQueue(limits), writer, ledgerId);
        workings.keptStates.start(ledgerId);
    }

    /** Once for each loss, by whichever way it was noticed. */
    private void tellOfLoss() {
        Known lost = workings.knowledge.known();
        LOG.warn(
                "The log of ledger {} has lost its end, as after a restored backup or a failover: this node knew"
                        + " events up to position {} and not all of them are in it; all that was remembered of the"
                        + " log is forgotten",
                ledgerId,
                lost == null ? "?" : lost.position());
    }

    private void appended(long lastPosition) {
        watch.appended(lastPosition);
        notices.tell();
    }

    /** The same log for direct reading, woken by what is appended here. */
    public EventLog log() {
        return log;
    }

    /** What has been counted since the start. */
    public LedgerMeters meters() {
        return workings.meters;
    }

    Workings workings() {
        return workings;
    }

    /** How many appends wait to be written; it grows when the database is slower than we are. */
    public int waiting() {
        return committer.waiting();
    }

    /**
     * Has {@code listener} told when the log turns out shorter than it was known here: what was
     * kept in memory of its end is then void. It must return quickly.
     */
    public void whenLogGetsShorter(Runnable listener) {
        workings.knowledge.whenShorter(listener);
    }

    /** Appends under a condition that says more than Axon's. */
    CompletableFuture<Appended> append(AppendRequest request) {
        return committer.submit(request);
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition,
            @Nullable ProcessingContext context,
            List<TaggedEventMessage<?>> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
        }
        try {
            Instant deadline = context == null ? null : context.getResource(DEADLINE);
            List<NewEvent> written = events.stream().map(this::written).toList();
            AppendRequest request = new AppendRequest(written, conditionOf(condition), deadline);
            return CompletableFuture.completedFuture(new QueuedAppend(committer, request));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private NewEvent written(TaggedEventMessage<?> tagged) {
        EventMessage message = tagged.event();
        if (!(message.payload() instanceof LedgerEvent event)) {
            throw new IllegalArgumentException("not an event of a ledger: " + message);
        }
        return new NewEvent(
                UUID.fromString(message.identifier()),
                event,
                codec.encode(event),
                Tags.keys(tagged.tags()),
                message.metadata(),
                codec.encodeMetadata(message.metadata()));
    }

    private static Condition conditionOf(AppendCondition condition) {
        ConsistencyMarker marker = condition.consistencyMarker();
        if (marker.equals(ConsistencyMarker.INFINITY)) {
            return Condition.NONE;
        }
        long after = Math.max(0, GlobalIndexConsistencyMarker.position(marker));
        return new Condition(
                Rule.of(condition.criteria()).stream().map(rule -> new Guard(rule, after)).toList(),
                marker instanceof LogMarker seen ? seen.event() : null);
    }

    @Override
    public MessageStream<EventMessage> source(
            SourcingCondition condition, @Nullable ProcessingContext context) {
        try {
            long from = Math.max(1, GlobalIndexPosition.toIndex(condition.start()));
            SourceQuery.Sourced sourced =
                    new SourceQuery(ledgerId, Rule.of(condition.criteria()), from)
                            .run(database, codec);
            learn(sourced.head());
            List<MessageStream.Entry<EventMessage>> entries = new ArrayList<>();
            sourced.events().forEach(event -> entries.add(Messages.entry(event, codec)));
            entries.add(Messages.end(sourced.head()));
            return MessageStream.fromStream(
                    entries.stream(), MessageStream.Entry::message, Context.class::cast);
        } catch (SQLException e) {
            return MessageStream.<EventMessage>failed(
                    new LogUnreadable("ledger " + ledgerId + " cannot be sourced", e));
        } catch (RuntimeException e) {
            return MessageStream.<EventMessage>failed(e);
        }
    }

    /** Only while nothing is known: it was not asked whether the log still has what is. */
    private void learn(LogMarker head) {
        Known event = head.event();
        LogKnowledge.Seen seen = workings.knowledge.seen();
        if (event != null && seen.known() == null) {
            workings.knowledge.learn(event, seen.losses());
        }
    }

    @Override
    public MessageStream<EventMessage> stream(
            StreamingCondition condition, @Nullable ProcessingContext context) {
        return new LogStream(log, codec, condition).asMessages();
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return token(log::head);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(
            Instant at, @Nullable ProcessingContext context) {
        return token(() -> log.lastPositionBefore(at));
    }

    private static CompletableFuture<TrackingToken> token(
            java.util.function.LongSupplier position) {
        try {
            return CompletableFuture.completedFuture(
                    new GlobalSequenceTrackingToken(position.getAsLong()));
        } catch (LogUnreadable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("ledger", ledgerId);
        descriptor.describeProperty("waiting", committer.waiting());
    }

    /** Writes what was accepted, then stops. The data source stays open. */
    @Override
    public void close() {
        committer.close();
        answers.close();
        notices.close();
        watch.close();
        workings.keptStates.close();
    }
}
