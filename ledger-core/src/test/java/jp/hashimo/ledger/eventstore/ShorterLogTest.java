package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a failover or a restore the log can lack its end, and be written on from there. */
class ShorterLogTest {
    private static final EventCriteria TOFU = EventCriteria.havingTags("shop", "tofu");

    private TestDatabase database;
    private Node node;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        node = new Node(database.dataSource());
        node.append(new Counted(1), new Counted(2), new Counted(3), new Counted(4));
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void the_node_notices_tells_and_writes_on_from_the_end_there_is() {
        Semaphore told = new Semaphore(0);
        node.engine.whenLogGetsShorter(told::release);
        loseWhatFollows(2);

        assertThat(node.append(new Counted(5)).firstPosition()).isEqualTo(3);
        assertThat(node.append(new Counted(6)).firstPosition()).isEqualTo(4);
        assertThat(told.availablePermits()).isEqualTo(1);
    }

    @Test
    void a_decision_that_stands_on_the_lost_end_is_decided_again() {
        Node.Read read = node.source(TOFU);
        loseWhatFollows(2);

        assertConflict(read);
        assertThat(node.append(node.source(TOFU).condition(TOFU), new Opened("tofu")))
                .extracting(Appended::firstPosition)
                .isEqualTo(3L);
    }

    @Test
    void it_is_noticed_too_when_others_have_written_in_place_of_the_lost_end() {
        Node.Read read = node.source(TOFU);
        loseWhatFollows(2);
        try (Node other = new Node(database.dataSource())) {
            other.append(new Counted(5), new Counted(6), new Counted(7));
        }

        assertConflict(read);
        assertThat(node.append(new Counted(8)).firstPosition()).isEqualTo(6);
    }

    /** Ids follow from requests, so the lost event and the one in its place are of one id. */
    @Test
    void it_is_noticed_too_when_a_lost_request_comes_to_stand_where_it_stood_with_other_facts() {
        UUID request = UUID.randomUUID();
        submit(node, request, new Counted(5));
        Node.Read read = node.source(TOFU);
        loseWhatFollows(4);
        try (Node other = new Node(database.dataSource())) {
            assertThat(submit(other, request, new Opened("tofu")).firstPosition()).isEqualTo(5);
        }

        assertConflict(read);
        assertThat(node.engine.log().withTag("shop:tofu")).hasSize(1);
        assertThat(node.engine.log().read(4, 10))
                .extracting(RecordedEvent::event)
                .containsExactly(new Opened("tofu"));
    }

    @Test
    void a_decision_on_it_is_noticed_too_by_a_node_that_knew_nothing_of_it() {
        UUID request = UUID.randomUUID();
        submit(node, request, new Counted(5));
        Node.Read read = node.source(TOFU);
        loseWhatFollows(4);
        submit(node, request, new Opened("tofu"));
        node.append(new Counted(6));

        try (Node fresh = new Node(database.dataSource())) {
            assertThatThrownBy(() -> fresh.append(read.condition(TOFU), new Opened("tofu")))
                    .isInstanceOf(AppendEventsTransactionRejectedException.class);
        }
    }

    @Test
    void an_event_is_known_to_the_microsecond() {
        var store =
                new PostgresLogStore(
                        database.dataSource(),
                        "hashimo",
                        Node.CODEC,
                        CommitLimits.DEFAULT.answerWithin());
        Known last = Objects.requireNonNull(store.end().known());
        Known another =
                new Known(last.position(), last.eventId(), last.at().plus(1, ChronoUnit.MICROS));

        assertThat(store.has(last)).isTrue();
        assertThat(store.has(another)).isFalse();
        assertThat(store.bringUpToDate(last, Map.of(), null).shorter()).isFalse();
        assertThat(store.bringUpToDate(another, Map.of(), null).shorter()).isTrue();
    }

    @Test
    void a_stream_that_had_read_further_ends_instead_of_passing_over_new_events() {
        MessageStream<EventMessage> stream =
                node.engine.stream(
                        StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(4)), null);
        loseWhatFollows(2);

        assertThat(stream.next()).isEmpty();
        assertThat(stream.isCompleted()).isTrue();
        assertThat(stream.error()).containsInstanceOf(LogShorter.class);
    }

    private static Appended submit(Node at, UUID id, LedgerEvent event) {
        return Node.await(
                at.submit(AppendCondition.none(), List.of(Node.message(id, event, Map.of()))));
    }

    private void loseWhatFollows(long position) {
        database.execute("DELETE FROM event_tag WHERE position > " + position);
        database.execute("DELETE FROM event WHERE position > " + position);
    }

    private void assertConflict(Node.Read read) {
        assertThatThrownBy(() -> node.append(read.condition(TOFU), new Opened("tofu")))
                .isInstanceOf(AppendEventsTransactionRejectedException.class);
    }
}
