package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/**
 * What a batch brings its callers, gathered until it is told them.
 *
 * <p>One thread tells all of them: what each does next on it takes little time, and a thread for
 * each would take more.
 */
final class BatchAnswers {
    private final Executor executor;
    private final LedgerMeters meters;
    private final List<Runnable> untold = new ArrayList<>();

    BatchAnswers(Executor executor, LedgerMeters meters) {
        this.executor = executor;
        this.meters = meters;
    }

    void tell() {
        if (!untold.isEmpty()) {
            List<Runnable> all = List.copyOf(untold);
            untold.clear();
            executor.execute(() -> all.forEach(Runnable::run));
        }
    }

    void written(AppendRequest request, Appended appended) {
        untold.add(() -> request.outcome().complete(appended));
    }

    void failed(AppendRequest request, Supplier<? extends RuntimeException> why) {
        untold.add(() -> request.outcome().completeExceptionally(why.get()));
    }

    /** What it relied on has changed: it has to be decided afresh. */
    void beaten(AppendRequest request) {
        meters.conflict();
        Known anchor = request.condition().anchor();
        long read = anchor == null ? 0 : anchor.position();
        failed(
                request,
                () ->
                        AppendEventsTransactionRejectedException.conflictingEventsDetected(
                                new GlobalIndexConsistencyMarker(read)));
    }
}
