package jp.hashimo.ledger.eventstore;

import java.util.concurrent.atomic.LongAdder;

/** Counts what an operator asks about the engine; whoever measures the service reads it. */
public final class LedgerMeters {
    private final LongAdder fromMemory = new LongAdder();
    private final LongAdder fromLog = new LongAdder();
    private final LongAdder facts = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder batched = new LongAdder();

    void read(int memory, int log) {
        fromMemory.add(memory);
        fromLog.add(log);
    }

    void facts(int read) {
        facts.add(read);
    }

    void conflict() {
        conflicts.increment();
    }

    void batch(int appends) {
        batches.increment();
        batched.add(appends);
    }

    /** Folds a decision needed that were in memory, or were taken to be new. */
    public long foldsFromMemory() {
        return fromMemory.sum();
    }

    /** Folds that had to be read from the database. */
    public long foldsFromLog() {
        return fromLog.sum();
    }

    /** Facts that were read for those; a kept state stands for all that went into it. */
    public long factsFromLog() {
        return facts.sum();
    }

    /**
     * Appends that were refused because something they rely on had changed; they are decided
     * afresh.
     */
    public long conflicts() {
        return conflicts.sum();
    }

    /** Statements that wrote to the log. */
    public long batches() {
        return batches.sum();
    }

    /** Appends in those statements. */
    public long batchedAppends() {
        return batched.sum();
    }
}
