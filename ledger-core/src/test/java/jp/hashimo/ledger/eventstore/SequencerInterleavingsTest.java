package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whoever has the turn is alone. */
public class SequencerInterleavingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sequencer sequencer = new Sequencer();
    private final int[] counts = new int[2];

    @Operation
    public int count(@Param(gen = IntGen.class, conf = "0:1") int thing) {
        return sequencer.inTurn(thing, PATIENCE, () -> ++counts[thing]).orElse(-1);
    }

    @Test
    void nobody_is_counted_twice_or_left_out() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(3)
                .actorsPerThread(3)
                .check(SequencerInterleavingsTest.class);
    }
}
