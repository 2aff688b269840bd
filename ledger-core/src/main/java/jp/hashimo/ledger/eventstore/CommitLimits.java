package jp.hashimo.ledger.eventstore;

import java.time.Duration;

/**
 * How much may wait to be written, how much is written at once, and how long the database is waited
 * for.
 *
 * @param waitingRequests appends that may wait; one more is refused at once
 * @param waitingBytes the payload bytes of all that waits
 * @param batchRequests appends in one transaction
 * @param batchBytes payload bytes in one transaction; a single larger append is written alone
 * @param answerWithin how long one statement may take before its connection is given up and the
 *     outcome asked for on another; at least a second
 * @param patience how long an append without a deadline is tried while the database cannot be
 *     reached
 */
public record CommitLimits(
        int waitingRequests,
        long waitingBytes,
        int batchRequests,
        long batchBytes,
        Duration answerWithin,
        Duration patience) {

    /** Fits a service with some hundred concurrent callers and half a gigabyte of heap. */
    public static final CommitLimits DEFAULT =
            new CommitLimits(
                    10_000,
                    64L << 20,
                    512,
                    4L << 20,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));

    public CommitLimits {
        if (waitingRequests < 1 || waitingBytes < 1 || batchRequests < 1 || batchBytes < 1) {
            throw new IllegalArgumentException("a limit must leave room for one append");
        }
        if (answerWithin.toMillis() < 1_000 || !patience.isPositive()) {
            throw new IllegalArgumentException("the database needs at least a second to answer");
        }
    }
}
