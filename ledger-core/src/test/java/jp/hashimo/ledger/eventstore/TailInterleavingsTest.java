package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The committer adds, a watch forgets and begins anew, and everybody reads; compared with a list.
 */
public class TailInterleavingsTest {
    private static final UUID SHOP = TagKey.of("shop:tofu");

    private final Tail tail = new Tail(3);

    @Operation
    public boolean add(
            @Param(gen = IntGen.class, conf = "1:8") int from,
            @Param(gen = IntGen.class, conf = "1:3") int many) {
        List<Tail.Entry> entries = new ArrayList<>();
        for (int position = from; position < from + many; position++) {
            entries.add(entry(position));
        }
        return tail.add(entries);
    }

    @Operation
    public void startAt(@Param(gen = IntGen.class, conf = "0:3") int position) {
        tail.startAt(position == 0 ? Tail.Head.OF_NOTHING : head(position));
    }

    @Operation
    public void forget() {
        tail.forget();
    }

    @Operation
    public @Nullable String since(
            @Param(gen = IntGen.class, conf = "0:8") int after,
            @Param(gen = IntGen.class, conf = "1:8") int upTo) {
        List<RecordedEvent> events = tail.since(after, SHOP, head(upTo));
        return events == null ? null : positions(events);
    }

    @Operation
    public String judge(@Param(gen = IntGen.class, conf = "0:8") int after) {
        return tail.judge(new Guard(Rule.tagged(SHOP), after)).toString();
    }

    private static Tail.Head head(long position) {
        return new Tail.Head(new Known(position, new UUID(0, position), Instant.EPOCH));
    }

    private static Tail.Entry entry(long position) {
        var event =
                new RecordedEvent(
                        position,
                        Instant.EPOCH,
                        new UUID(0, position),
                        new Town.Opened("tofu"),
                        Map.of());
        return new Tail.Entry(
                event, "town.Opened", isTheShops(position) ? List.of(SHOP) : List.of());
    }

    /** One event in five; of the others it is known that they are not, when they have left. */
    private static boolean isTheShops(long position) {
        return position % 5 == 2;
    }

    private static String positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList().toString();
    }

    /**
     * Three positions at most, up to the last; of what is older it is known only, since it began,
     * that nothing of the shop has come.
     */
    public static class AsAList {
        private int begun;
        private int first;
        private int last = -1;

        public boolean add(int from, int many) {
            if (last < 0 || from > last + 1) {
                return false;
            }
            for (int position = from; position < from + many; position++) {
                if (position > last) {
                    last = position;
                    first = Math.max(first, last - 2);
                }
            }
            return true;
        }

        public void startAt(int position) {
            if (position > last) {
                begun = position;
                first = position + 1;
                last = position;
            }
        }

        public void forget() {
            last = -1;
        }

        private boolean reaches(int after) {
            return last >= 0 && after >= first - 1 && after <= last;
        }

        private List<Integer> ofTheShop(int after, int upTo) {
            List<Integer> positions = new ArrayList<>();
            for (int position = after + 1; position <= upTo; position++) {
                if (isTheShops(position)) {
                    positions.add(position);
                }
            }
            return positions;
        }

        private boolean isUnused(int after) {
            return last >= 0 && after >= begun && after <= last && ofTheShop(after, last).isEmpty();
        }

        public @Nullable String since(int after, int upTo) {
            boolean known = upTo <= last && (reaches(after) || isUnused(after));
            return known ? ofTheShop(after, upTo).toString() : null;
        }

        public String judge(int after) {
            if (!reaches(after) && !isUnused(after)) {
                return "UNKNOWN";
            }
            return ofTheShop(after, last).isEmpty() ? "HOLDS" : "BROKEN";
        }
    }

    @Test
    void it_is_a_short_list_that_knows_how_far_back_it_goes() {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(250)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(AsAList.class)
                .check(TailInterleavingsTest.class);
    }
}
