package jp.hashimo.ledger.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The calendar is Tokyo's, though these tests run as if in New York. */
class TokyoTimeTest {

    @Test
    void until_the_fifteenth_of_february_means_until_the_sixteenth_at_midnight_in_tokyo() {
        assertThat(TokyoTime.startOf(LocalDate.of(2024, 2, 16)))
                .isEqualTo(Instant.parse("2024-02-15T15:00:00Z"));
    }

    @Test
    void a_day_ends_at_midnight_in_tokyo_to_the_millisecond() {
        Instant midnight = TokyoTime.startOf(LocalDate.of(2024, 3, 1));
        assertThat(TokyoTime.businessDateOf(midnight)).isEqualTo(LocalDate.of(2024, 3, 1));
        assertThat(TokyoTime.businessDateOf(midnight.minusMillis(1)))
                .isEqualTo(LocalDate.of(2024, 2, 29));
    }
}
