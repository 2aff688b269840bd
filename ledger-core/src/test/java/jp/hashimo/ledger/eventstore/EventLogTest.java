package jp.hashimo.ledger.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private TestDatabase database;
    private Node node;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        node = new Node(database.dataSource());
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void an_empty_log_has_head_zero() {
        EventLog log = node.engine.log();

        assertThat(log.head()).isZero();
        assertThat(log.read(0, 10)).isEmpty();
        assertThat(log.lastPositionBefore(Instant.MAX.minusSeconds(1))).isZero();
    }

    @Test
    void a_fact_is_read_as_it_was_recorded() {
        UUID id = UUID.randomUUID();
        Map<String, String> metadata = Map.of("request", "r\"1\\", "actor", "秋");
        Paid paid = new Paid("to\"fu\\{},", "aki", new Points(700));

        Appended appended =
                Node.await(
                        node.submit(
                                AppendCondition.none(), List.of(Node.message(id, paid, metadata))));

        RecordedEvent expected = new RecordedEvent(1, appended.at(), id, paid, metadata);
        assertThat(node.engine.log().read(0, 10)).containsExactly(expected);
        assertThat(node.source(EventCriteria.havingTags("shop", "to\"fu\\{},")).recorded())
                .containsExactly(expected);
    }

    @Test
    void the_stored_form_is_byte_for_byte_what_the_codec_wrote() {
        node.append(new Paid("tofu", "aki", new Points(700)));

        StoredEvent stored = node.engine.log().readStored(0, 1).getFirst();

        assertThat(new String(stored.event().payload(), UTF_8))
                .isEqualTo("{\"shop\":\"tofu\",\"payer\":\"aki\",\"points\":700}");
        assertThat(stored.tags())
                .containsExactly(
                        TagKey.of("party:aki"), TagKey.of("payer:aki"), TagKey.of("shop:tofu"));
        assertThat(stored.metadata()).isEqualTo("{}");
    }

    @Test
    void reading_goes_on_after_a_position_and_stops_at_the_limit() {
        node.append(new Counted(1), new Counted(2), new Counted(3), new Counted(4));

        assertThat(node.engine.log().read(1, 2))
                .extracting(RecordedEvent::event)
                .containsExactly(new Counted(2), new Counted(3));
        assertThat(node.engine.log().head()).isEqualTo(4);
    }

    @Test
    void facts_with_a_tag_come_in_order() {
        node.append(new Opened("tofu"), new Opened("rice"));
        node.append(new Paid("tofu", "aki", new Points(1)));

        assertThat(node.engine.log().withTag("shop:tofu"))
                .extracting(RecordedEvent::position)
                .containsExactly(1L, 3L);
    }

    @Test
    void the_last_position_before_an_instant_is_found_also_among_equal_instants() {
        LedgerClock clock = new LedgerClock(database.dataSource(), "hashimo", Clock.systemUTC());
        Instant one = Instant.parse("2031-01-01T00:00:00Z");
        for (int day = 0; day < 5; day++) {
            clock.moveTo(one.plusSeconds(day), true);
            node.append(new Counted(1), new Counted(2), new Counted(3));
        }
        EventLog log = node.engine.log();

        assertThat(log.lastPositionBefore(one)).isZero();
        assertThat(log.lastPositionBefore(one.plusNanos(1_000))).isEqualTo(3);
        assertThat(log.lastPositionBefore(one.plusSeconds(3))).isEqualTo(9);
        assertThat(log.lastPositionBefore(one.plusSeconds(99))).isEqualTo(15);
    }

    @Test
    void a_reader_is_woken_by_this_node_s_appends_and_by_those_of_another() throws Exception {
        Semaphore woken = new Semaphore(0);
        try (HeadWatch.Subscription _ = node.engine.log().onAppend(woken::release);
                Node other = new Node(database.dataSource())) {
            node.append(new Counted(1));
            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            woken.drainPermits();
            other.append(new Counted(2));
            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void two_ledgers_of_one_database_do_not_mix() {
        try (Node practice = new Node(database.dataSource(), "practice", CommitLimits.DEFAULT)) {
            EventCriteria tofu = EventCriteria.havingTags("shop", "tofu");
            Node.Read read = practice.source(tofu);
            node.append(new Opened("tofu"), new Opened("tofu"));

            assertThat(practice.append(read.condition(tofu), new Opened("tofu")).firstPosition())
                    .isEqualTo(1);
            assertThat(practice.source(EventCriteria.havingAnyTag()).events()).hasSize(1);
            assertThat(practice.source(tofu).events()).hasSize(1);
            assertThat(practice.engine.log().withTag("shop:tofu")).hasSize(1);
            assertThat(node.source(tofu).events()).hasSize(2);
        }
    }
}
