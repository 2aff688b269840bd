package jp.hashimo.api.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final AtomicInteger done = new AtomicInteger();
    private final Pace pace = new Pace(50, nanos::get);

    private void workFor(long time) {
        pace.keep(() -> {
            nanos.addAndGet(time);
            done.incrementAndGet();
        });
    }

    @Test
    void long_work_rests_fifty_times_as_long_as_it_took() {
        workFor(10);
        nanos.addAndGet(499);
        workFor(10);
        assertThat(done).hasValue(1);

        nanos.addAndGet(1);
        workFor(10);
        assertThat(done).hasValue(2);
    }

    @Test
    void work_that_takes_no_time_is_done_each_time() {
        workFor(0);
        workFor(0);
        assertThat(done).hasValue(2);
    }
}
