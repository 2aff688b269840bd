package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.AppendRequest.Condition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
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

    /**
     * Classes of SQLSTATE by which the database refuses what it was given: unsupported, data,
     * constraints, rights, size, raised by the function. The statement is over then and left
     * nothing. Of anything else we do not know.
     */
    private static final Set<String> REFUSALS = Set.of("0A", "22", "23", "42", "54", "P0");

    private final DataSource database;
    private final String ledgerId;
    private final CommitLimits limits;
    private final LogKnowledge knowledge;
    private final LongConsumer written;
    private final Executor answers;
    private final Clock wall;

    BatchWriter(
            DataSource database,
            String ledgerId,
            CommitLimits limits,
            LogKnowledge knowledge,
            LongConsumer written,
            Executor answers,
            Clock wall) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.limits = limits;
        this.knowledge = knowledge;
        this.written = written;
        this.answers = answers;
        this.wall = wall;
    }

    void write(List<AppendRequest> batch) {
        Backoff backoff = new Backoff();
        List<AppendRequest> open = withoutLatecomers(batch);
        while (!open.isEmpty()) {
            Attempt attempt = new Attempt();
            List<Verdict> verdicts;
            try {
                verdicts = attempt.make(open);
            } catch (SQLException | RuntimeException | Error e) {
                if (attempt.sent && isRefusal(e)) {
                    isolate(open, e);
                    return;
                }
                open = withoutLatecomers(afterSilence(open, attempt.sent, e));
                backoff.pause();
                continue;
            }
            open = withoutLatecomers(settle(open, verdicts));
        }
    }

    /** One try on one connection. */
    private final class Attempt {
        private boolean sent;

        List<Verdict> make(List<AppendRequest> open) throws SQLException {
            AppendStatement statement = new AppendStatement(ledgerId, knowledge.known(), open);
            Connection connection = database.getConnection();
            try {
                // At its end nothing is cancelled, for cancelling a commit tells nothing: we only
                // stop listening.
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(limits.answerWithin().toMillis()));
                sent = true;
                return statement.execute(connection);
            } finally {
                giveBack(connection);
            }
        }

        /** An answer that has been read stands, whatever happens to its connection afterwards. */
        private static void giveBack(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("a connection could not be given back", e);
            }
        }
    }

    private static boolean isRefusal(Throwable e) {
        String state = e instanceof SQLException refusal ? refusal.getSQLState() : null;
        return state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2));
    }

    /** Halves the batch until the one the database refuses stands alone. */
    private void isolate(List<AppendRequest> refused, Throwable why) {
        if (refused.size() == 1) {
            fail(refused.getFirst(), () -> new UnwritableEvents(why));
            return;
        }
        int middle = refused.size() / 2;
        write(refused.subList(0, middle));
        write(refused.subList(middle, refused.size()));
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
     * Answers all of them, unless the log is shorter than we knew: then nothing was judged, and all
     * have to be tried again by one who knows less. Decisions that stand on the lost end are told
     * apart by the event their marker names.
     */
    private List<AppendRequest> settle(List<AppendRequest> batch, List<Verdict> verdicts) {
        if (verdicts.getFirst() instanceof Verdict.LogIsShorter) {
            log.warn("ledger {} became shorter than it was known here", ledgerId);
            knowledge.forget();
            return batch;
        }
        long end = 0;
        for (int i = 0; i < batch.size(); i++) {
            AppendRequest request = batch.get(i);
            switch (verdicts.get(i)) {
                case Verdict.Written(long first, Instant at) ->
                        end = Math.max(end, succeed(request, first, at));
                case Verdict.Conflict _ -> fail(request, () -> conflict(request));
                case Verdict.DeadlinePassed _ -> fail(request, TooLate::new);
                case Verdict.LogIsShorter _ ->
                        throw new IllegalStateException("said of a part of a batch");
            }
        }
        if (end > 0) {
            written.accept(end);
        }
        return List.of();
    }

    /** Returns the last position of the request. */
    private long succeed(AppendRequest request, long first, Instant at) {
        long last = first + request.events().size() - 1;
        knowledge.learn(last, request.events().getLast().id());
        Appended appended = new Appended(first, last, at);
        answers.execute(() -> request.outcome().complete(appended));
        return last;
    }

    private void fail(AppendRequest request, Supplier<? extends RuntimeException> why) {
        answers.execute(() -> request.outcome().completeExceptionally(why.get()));
    }

    private static AppendEventsTransactionRejectedException conflict(AppendRequest request) {
        Condition condition = request.condition();
        return AppendEventsTransactionRejectedException.conflictingEventsDetected(
                new GlobalIndexConsistencyMarker(condition == null ? 0 : condition.after()));
    }
}
