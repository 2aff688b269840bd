package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.LogStore.Answer;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
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
    private final Remembering memory;
    private final BatchAnswers answers;
    private final LedgerMeters meters;
    private final Clock wall;
    private final Consumer<Duration> sleep;

    private int cautious;

    /**
     * @param workings what this node has in memory, and its way to the log
     * @param wall the clock that deadlines are set by
     * @param sleep how to wait for a database that does not answer
     */
    BatchWriter(
            Workings workings,
            String ledgerId,
            CommitLimits limits,
            Remembering memory,
            BatchAnswers answers,
            Clock wall,
            Consumer<Duration> sleep) {
        store = workings.store;
        knowledge = workings.knowledge;
        tail = workings.tail;
        meters = workings.meters;
        this.ledgerId = ledgerId;
        this.limits = limits;
        this.memory = memory;
        this.answers = answers;
        this.wall = wall;
        this.sleep = sleep;
    }

    /** Returns when nothing of the batch is open any more. */
    void write(List<AppendRequest> batch) {
        try {
            bring(batch);
        } finally {
            answers.tell();
        }
    }

    private void bring(List<AppendRequest> batch) {
        Backoff backoff = new Backoff(sleep);
        List<AppendRequest> open = batch;
        while (!open.isEmpty()) {
            // Before it is judged, so that whatever is remembered is not older than this.
            LogKnowledge.Seen seen = knowledge.seen();
            BatchJudge judged = new BatchJudge(tail, withoutLatecomers(open), cautious == 0);
            judged.beaten().forEach(answers::beaten);
            open = new ArrayList<>();
            if (!judged.requests().isEmpty()) {
                open.addAll(send(judged, seen, backoff));
            }
            open.addAll(judged.deferred());
            // What is certain does not wait for the rest.
            answers.tell();
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
        answers.tell();
        backoff.pause();
        return open;
    }

    /** Halves the batch until the one the database refuses stands alone. */
    private void isolate(List<AppendRequest> refused, Throwable why) {
        if (refused.size() == 1) {
            answers.failed(refused.getFirst(), () -> new UnwritableEvents(why));
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
                answers.failed(request, () -> new OutcomeUnknown(silence));
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
                answers.failed(request, TooLate::new);
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
                    answers.written(
                            request, new Appended(first, first + request.events().size() - 1, at));
                }
                case Verdict.Conflict _ -> answers.beaten(request);
                case Verdict.DeadlinePassed _ -> answers.failed(request, TooLate::new);
                case Verdict.LogIsShorter _, Verdict.HeadMoved _ ->
                        throw new IllegalStateException("said of a part of a batch");
            }
        }
        meters.batch(batch.size());
        if (!entries.isEmpty()) {
            // Before anybody is told, so that whoever comes next finds in memory what he has done.
            memory.remember(entries, losses);
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
}
