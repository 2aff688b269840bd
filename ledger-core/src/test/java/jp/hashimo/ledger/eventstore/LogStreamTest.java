package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStreamTest {
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
    void from_the_first_token_everything_comes_in_order() {
        node.append(new Counted(1), new Counted(2));
        node.append(new Counted(3));

        MessageStream<EventMessage> stream = stream(Node.await(node.engine.firstToken(null)));

        assertThat(payloads(stream))
                .containsExactly(new Counted(1), new Counted(2), new Counted(3));
        assertThat(stream.isCompleted()).isFalse();
    }

    @Test
    void a_token_is_the_last_position_seen_and_the_stream_resumes_behind_it() {
        node.append(new Counted(1), new Counted(2), new Counted(3));
        MessageStream<EventMessage> stream = stream(null);
        stream.next();
        TrackingToken token = stream.next().orElseThrow().getResource(TrackingToken.RESOURCE_KEY);

        assertThat(token).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(payloads(stream(token))).containsExactly(new Counted(3));
    }

    @Test
    void peeking_does_not_move_on() {
        node.append(new Counted(1), new Counted(2));
        MessageStream<EventMessage> stream = stream(null);

        assertThat(stream.peek().orElseThrow().message().payload()).isEqualTo(new Counted(1));
        assertThat(payloads(stream)).containsExactly(new Counted(1), new Counted(2));
    }

    @Test
    void a_message_carries_what_the_log_recorded() {
        Appended appended = node.append(new Opened("tofu"));
        MessageStream.Entry<EventMessage> entry = stream(null).next().orElseThrow();

        RecordedEvent recorded = node.engine.log().read(0, 1).getFirst();
        assertThat(entry.getResource(PostgresEventStorageEngine.RECORDED)).isEqualTo(recorded);
        assertThat(entry.message().identifier()).isEqualTo(recorded.id().toString());
        assertThat(entry.message().timestamp()).isEqualTo(appended.at());
        assertThat(entry.message().type()).isEqualTo(Node.CODEC.typeOf(Opened.class));
        assertThat(entry.message().metadata()).isEmpty();
    }

    @Test
    void only_what_matches_comes_and_what_does_not_costs_no_place() {
        for (int i = 0; i < 6; i++) {
            Counted[] crowd = new Counted[200];
            Arrays.fill(crowd, new Counted(i));
            node.append(crowd);
        }
        node.append(new Opened("tofu"), new Opened("rice"));
        EventCriteria tofu = EventCriteria.havingTags("shop", "tofu");

        MessageStream<EventMessage> stream =
                node.engine.stream(
                        StreamingCondition.conditionFor(new GlobalSequenceTrackingToken(0), tofu),
                        null);

        assertThat(payloads(stream)).containsExactly(new Opened("tofu"));
    }

    @Test
    void the_stream_goes_on_when_this_node_or_another_appends() throws Exception {
        MessageStream<EventMessage> stream = stream(Node.await(node.engine.latestToken(null)));
        Semaphore available = new Semaphore(0);
        stream.setCallback(available::release);
        assertThat(stream.next()).isEmpty();
        available.drainPermits();

        node.append(new Counted(1));
        assertThat(available.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(payloads(stream)).containsExactly(new Counted(1));
        available.drainPermits();
        try (Node other = new Node(database.dataSource())) {
            other.append(new Counted(2));
        }
        assertThat(available.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(payloads(stream)).containsExactly(new Counted(2));
        stream.close();
    }

    @Test
    void a_closed_stream_gives_nothing_more() {
        node.append(new Counted(1));
        MessageStream<EventMessage> stream = stream(null);
        stream.close();

        assertThat(stream.next()).isEmpty();
    }

    @Test
    void tokens_name_the_last_position_before_their_place() {
        assertThat(Node.await(node.engine.latestToken(null)))
                .isEqualTo(new GlobalSequenceTrackingToken(0));
        LedgerClock clock = new LedgerClock(database.dataSource(), "hashimo", Clock.systemUTC());
        Instant one = Instant.parse("2031-01-01T00:00:00Z");
        clock.moveTo(one, true);
        node.append(new Counted(1));
        clock.moveTo(one.plusSeconds(1), true);
        node.append(new Counted(2), new Counted(3));

        assertThat(Node.await(node.engine.firstToken(null)))
                .isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(Node.await(node.engine.latestToken(null)))
                .isEqualTo(new GlobalSequenceTrackingToken(3));
        assertThat(payloads(stream(Node.await(node.engine.tokenAt(one, null))))).hasSize(3);
        assertThat(payloads(stream(Node.await(node.engine.tokenAt(one.plusSeconds(1), null)))))
                .containsExactly(new Counted(2), new Counted(3));
        assertThat(payloads(stream(Node.await(node.engine.tokenAt(one.plusSeconds(2), null)))))
                .isEmpty();
    }

    private MessageStream<EventMessage> stream(@Nullable TrackingToken token) {
        return node.engine.stream(StreamingCondition.startingFrom(token), null);
    }

    private static List<Object> payloads(MessageStream<EventMessage> stream) {
        List<Object> payloads = new ArrayList<>();
        for (Optional<MessageStream.Entry<EventMessage>> next = stream.next();
                next.isPresent();
                next = stream.next()) {
            payloads.add(next.get().message().payload());
        }
        return payloads;
    }
}
