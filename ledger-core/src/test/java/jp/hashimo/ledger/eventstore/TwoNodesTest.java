package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes write one log at the same time. */
class TwoNodesTest {
    private static final int WRITERS = 12;
    private static final int SEATS = 40;

    private TestDatabase database;
    private HikariDataSource otherPool;
    private Node one;
    private Node other;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        otherPool = database.pool(8);
        one = new Node(database.dataSource());
        other = new Node(otherPool);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        otherPool.close();
        database.close();
    }

    @Test
    void each_seat_is_sold_exactly_once_however_many_want_it() throws Exception {
        Map<Integer, Long> sold = new ConcurrentHashMap<>();
        List<Callable<Integer>> buyers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Node node = writer % 2 == 0 ? one : other;
            buyers.add(() -> buyAll(node, sold));
        }

        int won = run(buyers).stream().mapToInt(Integer::intValue).sum();

        assertThat(won).isEqualTo(SEATS);
        assertThat(one.engine.log().head()).isEqualTo(SEATS);
        for (int seat = 0; seat < SEATS; seat++) {
            assertThat(other.engine.log().withTag("shop:seat-" + seat))
                    .singleElement()
                    .extracting(RecordedEvent::position)
                    .isEqualTo(sold.get(seat));
        }
    }

    private static int buyAll(Node node, Map<Integer, Long> sold) {
        int won = 0;
        for (int seat = 0; seat < SEATS; seat++) {
            EventCriteria free = EventCriteria.havingTags("shop", "seat-" + seat);
            Node.Read read = node.source(free);
            if (read.events().isEmpty()) {
                try {
                    Opened opened = new Opened("seat-" + seat);
                    sold.put(seat, node.append(read.condition(free), opened).firstPosition());
                    won++;
                } catch (AppendEventsTransactionRejectedException soldMeanwhile) {
                    assertThat(node.source(free).events()).hasSize(1);
                }
            }
        }
        return won;
    }

    @Test
    void no_budget_is_overdrawn_though_both_nodes_spend_it() throws Exception {
        EventCriteria budget = EventCriteria.havingTags("payer", "budget");
        List<Callable<Integer>> spenders = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Node node = writer % 2 == 0 ? one : other;
            spenders.add(() -> spend(node, budget));
        }

        int spent = run(spenders).stream().mapToInt(Integer::intValue).sum();

        assertThat(spent).isEqualTo(SEATS);
        assertThat(one.source(budget).events()).hasSize(SEATS);
    }

    /** Spends one at a time until forty are gone, deciding afresh after each conflict. */
    private static int spend(Node node, EventCriteria budget) {
        int won = 0;
        while (true) {
            Node.Read read = node.source(budget);
            if (read.events().size() >= SEATS) {
                return won;
            }
            try {
                node.append(read.condition(budget), new Paid("shop", "budget", new Points(1)));
                won++;
            } catch (AppendEventsTransactionRejectedException conflict) {
                // Somebody else was faster; what is left is read again.
            }
        }
    }

    @Test
    void positions_are_contiguous_in_commit_order_for_every_reader_at_every_moment()
            throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<RecordedEvent>> tail = readers.submit(() -> follow(writing));
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Node node = writer % 2 == 0 ? one : other;
                writers.add(() -> {
                    for (int i = 0; i < 25; i++) {
                        node.append(new Counted(i), new Counted(i));
                    }
                    return 25;
                });
            }
            try {
                run(writers);
            } finally {
                writing.set(false);
            }
            List<RecordedEvent> seen = tail.get();

            assertThat(seen)
                    .extracting(RecordedEvent::position)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, WRITERS * 50L).boxed().toList());
            assertThat(seen).extracting(RecordedEvent::at).isSorted();
            assertThat(new HashSet<>(seen.stream().map(RecordedEvent::id).toList()))
                    .hasSize(WRITERS * 50);
        }
    }

    /** A gap-free reader needs nothing but the last position it has seen. */
    private List<RecordedEvent> follow(AtomicBoolean writing) {
        List<RecordedEvent> seen = new ArrayList<>();
        while (true) {
            boolean last = !writing.get();
            List<RecordedEvent> page = one.engine.log().read(seen.size(), 1_000);
            seen.addAll(page);
            if (last && page.isEmpty()) {
                return seen;
            }
        }
    }

    private static <T> List<T> run(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
