package jp.hashimo.ledger.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;

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
    private final Thread thread;

    Committer(RequestQueue queue, BatchWriter writer, String ledgerId) {
        this.queue = queue;
        this.writer = writer;
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
