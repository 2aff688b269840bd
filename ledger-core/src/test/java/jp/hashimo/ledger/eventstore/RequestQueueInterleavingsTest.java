package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
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
                .map(request -> Objects.requireNonNull(request.deadline()).getEpochSecond())
                .toList()
                .toString();
    }

    /** Three wait at most, and two are taken at once. */
    public static class AsALine {
        private final Deque<Long> waiting = new ArrayDeque<>();

        public boolean add(int number) {
            return waiting.size() < 3 && waiting.add((long) number);
        }

        public String take() {
            List<Long> batch = new ArrayList<>();
            while (batch.size() < 2 && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch.toString();
        }
    }

    @Test
    void it_is_a_bounded_queue() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(AsALine.class)
                .check(RequestQueueInterleavingsTest.class);
    }
}
