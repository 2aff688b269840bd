package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void the_median_of_an_odd_number_is_the_middle_one() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    }

    @Test
    void the_median_of_an_even_number_is_halfway_between_the_two_in_the_middle() {
        assertThat(Numbers.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
    }

    @Test
    void of_nothing_there_is_no_median_and_no_percentile() {
        assertThat(Numbers.median(List.of())).isNaN();
        assertThat(Numbers.percentile(new long[0], 0.5)).isNaN();
    }

    @Test
    void the_99th_percentile_of_a_hundred_is_the_last_but_one() {
        long[] hundred = new long[100];
        for (int i = 0; i < 100; i++) {
            hundred[i] = i + 1L;
        }
        assertThat(Numbers.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Numbers.percentile(hundred, 0.50)).isEqualTo(50);
        assertThat(Numbers.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Numbers.percentile(new long[] {7}, 0.01)).isEqualTo(7);
    }
}
