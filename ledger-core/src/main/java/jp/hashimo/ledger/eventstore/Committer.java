package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * Writes what many callers want appended in few transactions.
 *
 * <p>One thread takes all that waits and has it written in one statement, so that one lock, one
 * round trip and one flush to disk serve the whole batch; the next one gathers meanwhile. Callers
 * are answered on threads of their own, never on this one: what they do next must not hold up
 * everybody's writing.
 */
final class Committer implements AutoCloseable {
    private final RequestQueue queue;
    private final BatchWriter writer;
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;

    /**
     * @param database gives pooled connections in autocommit, and gives up after a few seconds when
     *     it has none
     * @param written is told the last position of what was written; it must return quickly
     */
    Committer(
            DataSource database,
            String ledgerId,
            CommitLimits limits,
            LogKnowledge knowledge,
            LongConsumer written,
            Clock wall) {
        queue = new RequestQueue(limits);
        writer = new BatchWriter(database, ledgerId, limits, knowledge, written, answers, wall);
        thread = Thread.ofPlatform().name("committer-" + ledgerId).start(this::work);
    }

    /**
     * Hands a request in. Its future fails with {@link LedgerOverloaded} at once when too much
     * waits, and otherwise as {@link BatchWriter} says.
     */
    CompletableFuture<Appended> submit(AppendRequest request) {
        try {
            queue.add(request);
            return request.outcome();
        } catch (LedgerOverloaded e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How many requests wait to be taken into a batch. */
    int waiting() {
        return queue.size();
    }

    /** Takes nothing new, writes all that was accepted, and returns when it is answered. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        answers.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (List<AppendRequest> batch = queue.takeBatch();
                !batch.isEmpty();
                batch = queue.takeBatch()) {
            writer.write(batch);
        }
    }
}
