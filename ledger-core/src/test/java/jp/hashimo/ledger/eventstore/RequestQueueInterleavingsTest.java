package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** What many put in while one takes out comes out once, in the order it came. */
public class RequestQueueInterleavingsTest {
    private final RequestQueue queue =
            new RequestQueue(
                    new CommitLimits(
                            3, 1_000, 2, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(1)));

    @Operation
    public boolean add(@Param(gen = IntGen.class, conf = "1:9") int number) {
        try {
            queue.add(
                    new AppendRequest(
                            List.of(),
                            AppendRequest.Condition.NONE,
                            Instant.ofEpochSecond(number)));
            return true;
        } catch (LedgerOverloaded e) {
            return false;
        }
    }

    /** There is one committer, so what it has seen waiting is there when it takes. */
    @Operation(nonParallelGroup = "committer")
    public String take() {
        List<AppendRequest> batch = queue.size() == 0 ? List.of() : queue.takeBatch();
        return batch.stream()
                .map(request -> String.valueOf(request.deadline()))
                .toList()
                .toString();
    }

    @Test
    void it_is_a_bounded_queue() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(3)
                .actorsPerThread(3)
                .check(RequestQueueInterleavingsTest.class);
    }
}
