package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerClockTest {
    private static final Instant APRIL = Instant.parse("2031-04-01T00:00:00Z");

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void without_a_row_it_is_the_ordinary_clock_in_whole_microseconds() {
        Instant wall = Instant.parse("2026-11-23T00:00:00.123456789Z");
        LedgerClock clock =
                new LedgerClock(
                        database.dataSource(), "hashimo", Clock.fixed(wall, ZoneOffset.UTC));

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T00:00:00.123456Z"));
        assertThat(clock.stands()).isFalse();
    }

    @Test
    void it_stands_where_it_was_put_and_the_log_goes_by_it() {
        LedgerClock clock = clock();

        assertThat(clock.moveTo(APRIL, true)).isTrue();

        assertThat(clock.instant()).isEqualTo(APRIL);
        assertThat(clock().instant()).isEqualTo(APRIL);
        assertThat(appendedAt()).isEqualTo(APRIL);
    }

    @Test
    void it_runs_on_from_where_it_was_put() {
        LedgerClock clock = clock();
        clock.moveTo(APRIL, false);
        Instant read = clock.instant();

        assertThat(read).isBetween(APRIL, APRIL.plus(Duration.ofMinutes(1)));
        assertThat(appendedAt()).isBetween(APRIL, APRIL.plus(Duration.ofMinutes(1)));
    }

    @Test
    void it_cannot_be_turned_back() {
        LedgerClock clock = clock();
        clock.moveTo(APRIL, true);

        assertThat(clock.moveTo(APRIL.minusNanos(1_000), true)).isFalse();
        assertThat(clock.instant()).isEqualTo(APRIL);
        assertThat(clock.moveTo(APRIL, true)).isTrue();
    }

    @Test
    void a_ledger_that_has_no_row_yet_cannot_be_moved_into_the_past_either() {
        LedgerClock clock = clock();

        assertThat(clock.moveTo(Instant.parse("2001-01-01T00:00:00Z"), true)).isFalse();
        assertThat(clock.stands()).isFalse();
    }

    @Test
    void another_node_sees_the_move_when_it_refreshes() {
        LedgerClock here = clock();
        LedgerClock there = clock();
        here.moveTo(APRIL, true);

        there.refresh();

        assertThat(there.instant()).isEqualTo(APRIL);
    }

    @Test
    void a_ledger_is_started_in_the_past_once_and_never_again() {
        Instant past = Instant.parse("2024-04-01T00:00:00Z");
        LedgerClock clock = clock();

        assertThat(clock.startAt(past, true)).isTrue();
        assertThat(clock.instant()).isEqualTo(past);
        assertThat(clock.startAt(APRIL, true)).isFalse();
        assertThat(clock.instant()).isEqualTo(past);
    }

    @Test
    void a_ledger_is_not_started_before_the_last_fact_of_its_log() {
        appendedAt();

        assertThat(clock().startAt(Instant.parse("2024-04-01T00:00:00Z"), true)).isFalse();
    }

    @Test
    void facts_are_never_recorded_before_the_fact_before_them() {
        clock().moveTo(APRIL, true);
        appendedAt();
        database.execute("DELETE FROM ledger_clock");

        assertThat(appendedAt()).isEqualTo(APRIL);
    }

    private LedgerClock clock() {
        return new LedgerClock(database.dataSource(), "hashimo", Clock.systemUTC());
    }

    private Instant appendedAt() {
        try (Node node = new Node(database.dataSource())) {
            return node.append(new Opened("tofu")).at();
        }
    }
}
