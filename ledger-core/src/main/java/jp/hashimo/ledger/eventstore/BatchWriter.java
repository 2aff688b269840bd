package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.LogStore.Answer;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a batch to the database and stays with it until each request has its answer: written,
 * {@link AppendEventsTransactionRejectedException} on a conflict, {@link TooLate}, {@link
 * UnwritableEvents} or {@link OutcomeUnknown}.
 *
 * <p>When the database goes silent nothing is assumed. The same requests are sent again on another
 * connection, marked as in doubt: under the same lock it first looks their event ids up, so that
 * the question whether they were written and the second attempt are one statement. An attempt that
 * still lingers on some connection can then only find its ids taken, a conflict, or its deadline
 * passed.
 */
final class BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    /** For so many batches everything is looked at, after others have written. */
    private static final int CAUTION = 50;

    private final LogStore store;
    private final String ledgerId;
    private final CommitLimits limits;
    private final LogKnowledge knowledge;
    private final Tail tail;
    private final TailFiller filler;
    private final LedgerMeters meters;
    private final LongConsumer written;
    private final Executor executor;
    private final Clock wall;
    private final Consumer<Duration> sleep;

    /** What a batch brings its callers, told all at once when nothing of it is open. */
    private final List<Runnable> answers = new ArrayList<>();

    private int cautious;

    BatchWriter(
            LogStore store,
            String ledgerId,
            CommitLimits limits,
            LogKnowledge knowledge,
            Tail tail,
            TailFiller filler,
            LedgerMeters meters,
            LongConsumer written,
            Executor executor,
            Clock wall,
            Consumer<Duration> sleep) {
        this.store = store;
        this.ledgerId = ledgerId;
        this.limits = limits;
        this.knowledge = knowledge;
        this.tail = tail;
        this.filler = filler;
        this.meters = meters;
        this.written = written;
        this.executor = executor;
        this.wall = wall;
        this.sleep = sleep;
    }

    /** Returns when nothing of the batch is open any more. */
    void write(List<AppendRequest> batch) {
        try {
            bring(batch);
        } finally {
            answer();
        }
    }

    private void bring(List<AppendRequest> batch) {
        Backoff backoff = new Backoff(sleep);
        List<AppendRequest> open = batch;
        while (!open.isEmpty()) {
            // Before it is judged, so that whatever is remembered is not older than this.
            LogKnowledge.Seen seen = knowledge.seen();
            BatchJudge judged = new BatchJudge(tail, withoutLatecomers(open), cautious == 0);
            judged.beaten().forEach(this::askAfresh);
            open = new ArrayList<>();
            if (!judged.requests().isEmpty()) {
                open.addAll(send(judged, seen, backoff));
            }
            open.addAll(judged.deferred());
        }
    }

    /** Returns what is still open afterwards. */
    private List<AppendRequest> send(BatchJudge judged, LogKnowledge.Seen seen, Backoff backoff) {
        Known known = newer(seen.known(), judged.head());
        return switch (store.append(known, judged)) {
            case Answer.Judged(var verdicts) -> {
                try {
                    yield settle(judged, verdicts, seen.losses());
                } catch (RuntimeException | Error e) {
                    yield later(judged, true, e, backoff);
                }
            }
            case Answer.Refused(var why) -> {
                isolate(judged.requests(), why);
                yield List.of();
            }
            case Answer.NotSent(var why) -> later(judged, false, why, backoff);
            case Answer.Silence(var why) -> later(judged, true, why, backoff);
        };
    }

    /** What the batch was judged by must be there too. */
    private static @Nullable Known newer(@Nullable Known one, @Nullable Known other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.position() >= other.position() ? one : other;
    }

    private List<AppendRequest> later(
            BatchJudge judged, boolean sent, Throwable silence, Backoff backoff) {
        List<AppendRequest> open = afterSilence(judged.requests(), sent, silence);
        answer();
        backoff.pause();
        return open;
    }

    /** One thread for the whole batch: what its callers do next on it takes little time. */
    private void answer() {
        if (!answers.isEmpty()) {
            List<Runnable> all = List.copyOf(answers);
            answers.clear();
            executor.execute(() -> all.forEach(Runnable::run));
        }
    }

    /** Halves the batch until the one the database refuses stands alone. */
    private void isolate(List<AppendRequest> refused, Throwable why) {
        if (refused.size() == 1) {
            fail(refused.getFirst(), () -> new UnwritableEvents(why));
            return;
        }
        int middle = refused.size() / 2;
        bring(refused.subList(0, middle));
        bring(refused.subList(middle, refused.size()));
    }

    private List<AppendRequest> afterSilence(
            List<AppendRequest> open, boolean sent, Throwable silence) {
        log.warn(
                "ledger {} did not answer for {} appends, they are asked for again: {}",
                ledgerId,
                open.size(),
                silence.toString());
        List<AppendRequest> stillOpen = new ArrayList<>();
        for (AppendRequest request : open) {
            if (request.inDoubt() && isOver(request)) {
                fail(request, () -> new OutcomeUnknown(silence));
            } else {
                if (sent) {
                    request.doubt();
                }
                stillOpen.add(request);
            }
        }
        return stillOpen;
    }

    /** What was never sent and is over needs no database to say that nothing happened. */
    private List<AppendRequest> withoutLatecomers(List<AppendRequest> open) {
        List<AppendRequest> inTime = new ArrayList<>(open.size());
        for (AppendRequest request : open) {
            if (!request.inDoubt() && isOver(request)) {
                fail(request, TooLate::new);
            } else {
                inTime.add(request);
            }
        }
        return inTime;
    }

    private boolean isOver(AppendRequest request) {
        Instant now = wall.instant();
        return !now.isBefore(request.lastTry(now, limits));
    }

    /**
     * Answers all of them, unless the database refused the whole batch: because the log is shorter
     * than we knew, or because others have written what we do not know yet. Then nothing was
     * judged.
     *
     * @return what is still open
     */
    private List<AppendRequest> settle(BatchJudge judged, List<Verdict> verdicts, long losses) {
        List<AppendRequest> batch = judged.requests();
        return switch (verdicts.getFirst()) {
            case Verdict.LogIsShorter _ -> {
                knowledge.forget(losses);
                yield batch;
            }
            case Verdict.HeadMoved _ -> {
                cautious = CAUTION;
                yield batch;
            }
            case Verdict.Written _, Verdict.Conflict _, Verdict.DeadlinePassed _ -> {
                cautious = Math.max(0, cautious - 1);
                answerEach(batch, verdicts, losses);
                yield List.of();
            }
        };
    }

    private void answerEach(List<AppendRequest> batch, List<Verdict> verdicts, long losses) {
        List<Tail.Entry> entries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            AppendRequest request = batch.get(i);
            switch (verdicts.get(i)) {
                case Verdict.Written(long first, Instant at) -> {
                    entries.addAll(entries(request, first, at));
                    succeed(request, first, at);
                }
                case Verdict.Conflict _ -> askAfresh(request);
                case Verdict.DeadlinePassed _ -> fail(request, TooLate::new);
                case Verdict.LogIsShorter _, Verdict.HeadMoved _ ->
                        throw new IllegalStateException("said of a part of a batch");
            }
        }
        meters.batch(batch.size());
        if (!entries.isEmpty()) {
            remember(entries, losses);
        }
    }

    private static List<Tail.Entry> entries(AppendRequest request, long first, Instant at) {
        List<Tail.Entry> entries = new ArrayList<>();
        for (NewEvent event : request.events()) {
            entries.add(
                    new Tail.Entry(
                            event.recorded(first + entries.size(), at),
                            event.encoded().type(),
                            event.tags()));
        }
        return entries;
    }

    /** Before anybody is answered, so that whoever comes next finds in memory what he has done. */
    private void remember(List<Tail.Entry> entries, long losses) {
        entries.sort(Comparator.comparingLong(Tail.Entry::position));
        Tail.Entry newest = entries.getLast();
        knowledge.learn(Known.of(newest.event()), losses);
        try {
            for (List<Tail.Entry> run : sideBySide(entries)) {
                if (!tail.add(run)) {
                    // Others have written between: cautious from now on, and their events first.
                    filler.upTo(run.getFirst().position() - 1);
                    if (!tail.add(run)) {
                        tail.startAt(head(run.getLast()));
                    }
                }
            }
        } catch (RuntimeException e) {
            log.debug("the tail of ledger {} begins anew", ledgerId, e);
            tail.startAt(head(newest));
        }
        if (Boolean.TRUE.equals(tail.contradicts(Known.of(newest.event())))) {
            // What was written has been lost at once, and others have written in its place.
            knowledge.forget(losses);
        }
        written.accept(newest.position());
    }

    private static Tail.Head head(Tail.Entry last) {
        return new Tail.Head(Known.of(last.event()));
    }

    /**
     * What was in doubt may be found where a twin of the request has written it, and others may
     * have written between that and what is written now.
     */
    private static List<List<Tail.Entry>> sideBySide(List<Tail.Entry> entries) {
        List<List<Tail.Entry>> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= entries.size(); i++) {
            if (i == entries.size()
                    || entries.get(i).position() > entries.get(i - 1).position() + 1) {
                runs.add(entries.subList(from, i));
                from = i;
            }
        }
        return runs;
    }

    private void succeed(AppendRequest request, long first, Instant at) {
        Appended appended = new Appended(first, first + request.events().size() - 1, at);
        answers.add(() -> request.outcome().complete(appended));
    }

    private void fail(AppendRequest request, Supplier<? extends RuntimeException> why) {
        answers.add(() -> request.outcome().completeExceptionally(why.get()));
    }

    private void askAfresh(AppendRequest request) {
        meters.conflict();
        Known anchor = request.condition().anchor();
        fail(
                request,
                () ->
                        AppendEventsTransactionRejectedException.conflictingEventsDetected(
                                new GlobalIndexConsistencyMarker(
                                        anchor == null ? 0 : anchor.position())));
    }
}
