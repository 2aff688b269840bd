package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.decision.Present;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** What is learnt and remembered while another thread notices that the log has become shorter. */
public class KnowledgeInterleavingsTest {
    private static final Present FOLD = Present.of("shop", "tofu");

    private final LogKnowledge knowledge = new LogKnowledge();
    private final FoldCache cache = new FoldCache(100);

    @Operation
    public void learn(
            @Param(gen = IntGen.class, conf = "1:4") int position,
            @Param(gen = IntGen.class, conf = "0:1") int losses) {
        knowledge.learn(new Known(position, new UUID(0, position), Instant.EPOCH), losses);
    }

    @Operation
    public void forget(@Param(gen = IntGen.class, conf = "0:1") int losses) {
        knowledge.forget(losses);
    }

    @Operation
    public String seen() {
        return knowledge.seen().toString();
    }

    @Operation
    public void remember(
            @Param(gen = IntGen.class, conf = "1:4") int upTo,
            @Param(gen = IntGen.class, conf = "0:1") int losses) {
        cache.put(FOLD, new Held<>(true, upTo, null, 0), losses);
    }

    @Operation
    public String remembered(@Param(gen = IntGen.class, conf = "0:1") int losses) {
        return String.valueOf(cache.get(FOLD, losses));
    }

    @Test
    void nothing_from_before_a_loss_is_known_after_it() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(3)
                .actorsPerThread(3)
                .check(KnowledgeInterleavingsTest.class);
    }
}
