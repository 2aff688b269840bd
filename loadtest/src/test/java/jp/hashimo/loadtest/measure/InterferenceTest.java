package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Samples.disturbed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterferenceTest {
    private static Sample quietest(int attempts, Sample... measured) throws Exception {
        var next = List.of(measured).iterator();
        return new Interference(15, attempts).quietest(next::next);
    }

    @Test
    void a_quiet_row_is_measured_once() throws Exception {
        Sample kept = quietest(3, disturbed(100, 15));

        assertThat(kept.value()).isEqualTo(100);
        assertThat(kept.attempts()).isEqualTo(1);
    }

    @Test
    void a_disturbed_row_is_measured_until_it_is_quiet() throws Exception {
        Sample kept = quietest(5, disturbed(900, 60), disturbed(100, 14));

        assertThat(kept.value()).isEqualTo(100);
        assertThat(kept.attempts()).isEqualTo(2);
    }

    @Test
    void of_disturbed_attempts_the_quietest_counts_whatever_it_showed() throws Exception {
        Sample kept = quietest(3, disturbed(900, 60), disturbed(100, 20), disturbed(500, 30));

        assertThat(kept.value()).isEqualTo(100);
        assertThat(kept.attempts()).isEqualTo(3);
    }
}
