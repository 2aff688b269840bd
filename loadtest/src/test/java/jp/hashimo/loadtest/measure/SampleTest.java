package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Cpu USED = new Cpu(10_000, 1_000, 3_000, 2_000, 1_000, 0);

    private static Sample sample(Load load) {
        return Sample.of(1, Row.HTTP_RANDOM, Case.Place.SERVICE, load, USED, 0.5);
    }

    private static @Nullable String flaw(long units, long failed) {
        return sample(new Load(1, units, failed, 1, 2)).flaw();
    }

    @Test
    void up_to_one_in_a_thousand_operations_may_fail() {
        assertThat(flaw(999, 1)).isNull();
        assertThat(flaw(998, 1)).isEqualTo("0.10 % of the operations failed");
        assertThat(flaw(997, 3)).isEqualTo("0.30 % of the operations failed");
        assertThat(flaw(0, 1)).isEqualTo("100.00 % of the operations failed");
    }

    @Test
    void a_figure_that_is_no_rate_has_nothing_that_could_fail() {
        assertThat(sample(Load.figure(7)).flaw()).isNull();
    }

    @Test
    void the_flaw_of_the_load_comes_first() {
        assertThat(sample(new Load(1, 0, 1, 1, 2).flawed("too slow")).flaw()).isEqualTo("too slow");
    }

    @Test
    void cpu_time_is_shared_among_the_units() {
        Sample sample = sample(new Load(1, 1_000, 0, 1, 2));

        assertThat(sample.serverMicros()).isEqualTo(3_000);
        assertThat(sample.jvmMicros()).isEqualTo(2_000);
        assertThat(sample.drainSeconds()).isEqualTo(0.5);
    }
}
