package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.decision.Present;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is learnt and remembered while another thread notices that the log has become shorter;
 * compared with two notes on paper.
 */
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
        LogKnowledge.Seen seen = knowledge.seen();
        Known known = seen.known();
        return (known == null ? 0 : known.position()) + " after " + seen.losses();
    }

    @Operation
    public void remember(
            @Param(gen = IntGen.class, conf = "1:4") int upTo,
            @Param(gen = IntGen.class, conf = "0:1") int losses) {
        cache.put(FOLD, new Held<>(true, upTo, null, 0), losses);
    }

    @Operation
    public @Nullable Long remembered(@Param(gen = IntGen.class, conf = "0:1") int losses) {
        Held<Boolean> held = cache.get(FOLD, losses);
        return held == null ? null : Long.valueOf(held.upTo());
    }

    /** The highest position since the last loss, and the newest state with the losses before it. */
    public static class OnPaper {
        private int known;
        private int losses;
        private long held;
        private int heldAfter;

        public void learn(int position, int after) {
            if (after == losses) {
                known = Math.max(known, position);
            }
        }

        public void forget(int after) {
            if (after == losses) {
                known = 0;
                losses++;
            }
        }

        public String seen() {
            return known + " after " + losses;
        }

        public void remember(int upTo, int after) {
            if (after > heldAfter || (after == heldAfter && upTo > held)) {
                held = upTo;
                heldAfter = after;
            }
        }

        public @Nullable Long remembered(int after) {
            return held > 0 && after == heldAfter ? Long.valueOf(held) : null;
        }
    }

    @Test
    void nothing_from_before_a_loss_is_known_after_it() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(OnPaper.class)
                .check(KnowledgeInterleavingsTest.class);
    }
}
