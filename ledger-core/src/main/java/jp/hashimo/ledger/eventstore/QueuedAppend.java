package jp.hashimo.ledger.eventstore;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** An append that is judged and written as a whole when it is committed, and not before. */
final class QueuedAppend implements AppendTransaction<Appended> {
    private final Committer committer;
    private final AppendRequest request;
    private final AtomicBoolean finished = new AtomicBoolean();

    QueuedAppend(Committer committer, AppendRequest request) {
        this.committer = committer;
        this.request = request;
    }

    @Override
    public CompletableFuture<Appended> commit(@Nullable ProcessingContext context) {
        if (finished.getAndSet(true)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("already committed or rolled back"));
        }
        return committer
                .submit(request)
                .thenApply(appended -> {
                    if (context != null) {
                        context.putResource(PostgresEventStorageEngine.APPENDED, appended);
                    }
                    return appended;
                });
    }

    /** Before the commit there is nothing to take back, and after it nothing can be. */
    @Override
    public void rollback(@Nullable ProcessingContext context) {
        finished.set(true);
    }

    @Override
    public CompletableFuture<ConsistencyMarker> afterCommit(
            Appended appended, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(
                new LogMarker(
                        new Known(
                                appended.lastPosition(),
                                request.events().getLast().id(),
                                appended.at())));
    }
}
