package jp.hashimo.loadtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import jp.hashimo.loadtest.measure.Report;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
    private static Report found(String... findings) {
        return new Report(
                "Benchmark",
                "unknown",
                "a machine",
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(findings));
    }

    @Test
    void a_shell_can_tell_untrue_books_from_a_run_that_broke_off() {
        assertThat(Benchmark.status(BenchmarkTest::found)).isZero();
        assertThat(Benchmark.status(() -> found("a gap"))).isEqualTo(1);
        assertThat(
                        Benchmark.status(() -> {
                            throw new IllegalStateException(
                                    "the disk is full, as this test wants it");
                        }))
                .isEqualTo(3);
    }

    @Test
    void what_is_not_understood_ends_before_anything_is_started() {
        assertThat(Benchmark.run(List.of("slow"))).isEqualTo(2);
        assertThat(Benchmark.run(List.of("quick", "--only", "P99"))).isEqualTo(2);
    }
}
