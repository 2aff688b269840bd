package jp.hashimo.loadtest.measure;

import java.time.Duration;

/**
 * A case told by what is done in it.
 *
 * @param work what is measured
 * @param settling what is waited for afterwards
 */
public record Workload(Row row, Place place, Work work, Settling settling) implements Case {

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

    @Override
    public Load run(Duration duration) throws Exception {
        return work.run(duration);
    }

    @Override
    public void settle() throws Exception {
        settling.settle();
    }
}
