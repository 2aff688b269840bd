package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One projection on this node: how far it is, and what it does about an event it cannot handle.
 *
 * <p>Such an event stops it. It never skips: a figure that leaves something out is worse than none.
 */
public final class ProjectionRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);

    private final Projection projection;
    private final int largestBatch;
    private final Progress progress = new Progress();

    /** These two change with the outcome of a batch; the loop looks at them between batches. */
    private int batchSize;

    private boolean alone;

    private volatile boolean astray;

    /**
     * @param largestBatch how many events at most are applied in one transaction
     */
    ProjectionRunner(Projection projection, int largestBatch) {
        this.projection = projection;
        this.largestBatch = largestBatch;
        this.batchSize = largestBatch;
    }

    public String name() {
        return projection.name();
    }

    /** The last position whose effect can be read, as far as this node knows. */
    public long position() {
        return progress.position();
    }

    /** Whether an event it could not handle has stopped it. */
    public boolean isStopped() {
        return progress.isStopped();
    }

    /**
     * Whether its tables show events that the log has lost: then they are not read, and are made
     * again.
     */
    boolean isAstray() {
        return astray;
    }

    /**
     * Waits until a position can be read; false if it cannot within the time, or the projection has
     * stopped.
     */
    public boolean awaitPosition(long wanted, Duration patience) throws InterruptedException {
        return progress.await(wanted, patience);
    }

    /** The events it takes at a time. */
    int batchSize() {
        return batchSize;
    }

    /** Whether it works by itself, because something went wrong when it was among others. */
    boolean isAlone() {
        return alone;
    }

    /** Whether the foremost would have to wait for it. */
    boolean isFarBehind(long front) {
        return front - position() >= largestBatch;
    }

    void apply(Rows rows, List<RecordedEvent> batch) throws SQLException {
        projection.apply(rows, batch);
    }

    /** This node has brought it there. */
    void reached(long position) {
        progress.reached(position);
    }

    /**
     * Its tables are found to be there, by the work of this node or of another, and to be of this
     * log. If what stopped it here is behind it now, it goes on.
     */
    void standsAt(long position) {
        if (isStopped() && position > position()) {
            goOn();
        }
        astray = false;
        progress.reached(position);
    }

    /** Its tables are of another past than the log's; nothing in them can be relied upon. */
    void strayed() {
        astray = true;
        progress.reached(0);
    }

    /** What stopped it, if anything did, is over. */
    void goOn() {
        progress.goOn();
    }

    /** A batch went well. */
    void succeeded() {
        alone = batchSize < largestBatch;
        batchSize = Math.min(largestBatch, 2 * batchSize);
    }

    /** A batch it shared with others failed, by the fault of one of them. */
    void separate() {
        alone = true;
    }

    /**
     * A batch of its own failed. It goes on one by one, so that all that is before the culprit is
     * shown, and the culprit known.
     */
    void failed(Throwable fault) {
        if (batchSize > 1) {
            batchSize = 1;
        } else {
            LOG.error(
                    "Projection {} has stopped and shows nothing newer than position {}",
                    name(),
                    position(),
                    fault);
            progress.stop();
        }
    }
}
