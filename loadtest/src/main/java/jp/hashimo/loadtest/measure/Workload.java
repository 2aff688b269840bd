package jp.hashimo.loadtest.measure;

import java.time.Duration;

/**
 * A case told by what is done in it.
 *
 * @param work what is measured
 * @param draining what it has set going; its CPU time is measured too
 * @param settling what is done afterwards and is in no figure
 */
public record Workload(Row row, Place place, Work work, Settling draining, Settling settling)
        implements Case {

    /** What a case does each time. */
    @FunctionalInterface
    public interface Work {
        /** Works for this long, or on its own fixed amount where the row is no rate over time. */
        Load run(Duration duration) throws Exception;
    }

    /** What has to end before the next case begins. */
    @FunctionalInterface
    public interface Settling {
        void settle() throws Exception;
    }

    /** One that leaves nothing to wait for. */
    public Workload(Row row, Place place, Work work) {
        this(row, place, work, () -> {});
    }

    /** One that is over when it is over, and leaves something to tidy up. */
    public Workload(Row row, Place place, Work work, Settling settling) {
        this(row, place, work, () -> {}, settling);
    }

    @Override
    public Load run(Duration duration) throws Exception {
        return work.run(duration);
    }

    @Override
    public void drain() throws Exception {
        draining.settle();
    }

    @Override
    public void settle() throws Exception {
        settling.settle();
    }
}
