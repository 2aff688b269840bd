package jp.hashimo.api.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.junit.jupiter.api.Test;

/** A log of some length, and tables that are believed to show so much of it. */
class ShownEventsTest {
    private static final int PAGE = 3;

    private long head = 10;
    private long shown = 10;
    private final ShownEvents events = new ShownEvents(() -> head, this::after, () -> shown);

    private record Fact() implements LedgerEvent {}

    private List<RecordedEvent> after(long position) {
        return LongStream.rangeClosed(position + 1, Math.min(head, position + PAGE))
                .mapToObj(p ->
                        new RecordedEvent(p, Instant.EPOCH, new UUID(0, p), new Fact(), Map.of()))
                .toList();
    }

    private List<Long> taken() {
        return events.take().stream().map(RecordedEvent::position).toList();
    }

    @Test
    void what_comes_after_the_beginning_is_taken_once_and_as_far_as_it_is_shown() {
        assertThat(events.begin()).isTrue();
        head = 15;
        shown = 14;

        assertThat(taken()).containsExactly(11L, 12L, 13L);
        assertThat(taken()).containsExactly(14L);
        assertThat(taken()).isEmpty();
        assertThat(events.next()).isEqualTo(15);
    }

    @Test
    void what_nobody_wants_is_passed_over() {
        events.begin();
        head = 15;
        shown = 14;
        events.skip();

        assertThat(events.next()).isEqualTo(15);
    }

    /** Otherwise as many events would be passed over as were lost. */
    @Test
    void after_a_loss_it_begins_only_when_the_tables_are_not_believed_to_show_what_is_lost() {
        events.begin();
        head = 6;
        events.lost();

        assertThat(events.begin()).isFalse();

        shown = 0;
        assertThat(events.begin()).isTrue();
        head = 8;
        shown = 8;
        assertThat(taken()).containsExactly(7L, 8L);
    }

    @Test
    void where_the_log_has_nothing_nothing_is_passed_over() {
        events.begin();
        shown = 12;
        assertThat(taken()).isEmpty();

        head = 12;
        assertThat(taken()).containsExactly(11L, 12L);
    }
}
