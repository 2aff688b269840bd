package jp.hashimo.ledger.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The parts of one node's engine and how they hang together, without the threads that drive them:
 * whoever has them calls the writer with one batch at a time, and looks at the log now and then.
 */
final class Workings {
    /** Some minutes of a busy day: what is paid now was proposed a moment ago. */
    private static final int TAIL = 8_192;

    /** No history is folded twice but for so many events. */
    static final int KEEP_EVERY = 64;

    /**
     * In the unit of {@code Fold.weigh}: the states of some twenty thousand busy wallets, in some
     * 100 MB.
     */
    private static final long ROOM_FOR_STATES = 400_000;

    final LogStore store;
    final EventCodec codec;
    final LedgerMeters meters = new LedgerMeters();
    final LogKnowledge knowledge = new LogKnowledge();
    final Tail tail;
    final FoldCache cache = new FoldCache(ROOM_FOR_STATES);
    final TailFiller filler;
    final FoldStates keptStates;
    final FoldMemory memory;
    final FoldReader folds;
    final TaggedRequests taggedRequests;

    Workings(LogStore store, EventCodec codec) {
        this(store, codec, TAIL, KEEP_EVERY);
    }

    /**
     * @param tailSize how many of the newest events are kept in memory
     * @param keepEvery after how many events the state of a fold is kept beside the log
     */
    Workings(LogStore store, EventCodec codec, int tailSize, int keepEvery) {
        this.store = store;
        this.codec = codec;
        tail = new Tail(tailSize);
        knowledge.whenShorter(tail::forget);
        knowledge.whenShorter(cache::forget);
        filler = new TailFiller(store, tail, knowledge);
        keptStates = new FoldStates(store, keepEvery);
        memory = new FoldMemory(tail, knowledge, cache, keptStates);
        folds = new FoldReader(store, tail, knowledge, filler, memory, meters);
        tail.whenLeaving(memory::catchUp);
        taggedRequests = new TaggedRequests(store);
    }

    /**
     * What brings batches to the log.
     *
     * @param written told the last position after each
     * @param answers runs what callers do with their answers
     * @param wall the clock that deadlines are set by
     * @param sleep how to wait for a database that does not answer
     */
    BatchWriter writer(
            String ledgerId,
            CommitLimits limits,
            LongConsumer written,
            Executor answers,
            Clock wall,
            Consumer<Duration> sleep) {
        return new BatchWriter(
                this,
                ledgerId,
                limits,
                new Remembering(knowledge, tail, filler, written),
                new BatchAnswers(answers, meters),
                wall,
                sleep);
    }
}
