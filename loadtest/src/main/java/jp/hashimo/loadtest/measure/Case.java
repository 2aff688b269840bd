package jp.hashimo.loadtest.measure;

import java.time.Duration;

/** One way of one contestant to do work, ready to be run as often as is asked. */
public interface Case {
    /** The row it fills. */
    Row row();

    /** Where the work is done, which tells whose CPU time it is. */
    Place place();

    /** Works for this long, or on its own fixed amount where the row is no rate over time. */
    Load run(Duration duration) throws Exception;

    /**
     * After each run: lets what it has set going come to its end, such as projections. That takes
     * nothing from the rate, but its CPU time is part of the work.
     */
    default void drain() throws Exception {}

    /** After that, outside the measurement: makes everything ready for the next. */
    default void settle() throws Exception {}

    /** Whose CPU time, besides PostgreSQL's, is the contestant's and whose the generator's. */
    enum Place {
        /** The generator is a child of this process, and PostgreSQL does all the work. */
        CHILD,
        /** Generator and contestant are this process together. */
        HERE,
        /** The contestant is the service; the generator is this process. */
        SERVICE
    }
}
