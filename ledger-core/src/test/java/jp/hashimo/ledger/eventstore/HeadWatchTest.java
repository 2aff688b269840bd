package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeadWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final long PATIENCE_SECONDS = 30;

    /** The second look finds three events, and before it says so this node appends two more. */
    @Test
    void what_is_appended_during_a_look_wakes_readers() throws Exception {
        var itself = new AtomicReference<HeadWatch>();
        var looks = new AtomicInteger();
        var subscribed = new Semaphore(0);
        var woken = new Semaphore(0);
        HeadWatch.Look look =
                () -> {
                    subscribed.acquireUninterruptibly();
                    subscribed.release();
                    if (looks.incrementAndGet() == 2) {
                        Objects.requireNonNull(itself.get()).appended(5);
                    }
                    return 3;
                };

        try (var watch = new HeadWatch(look, "hashimo", OFTEN)) {
            itself.set(watch);
            watch.onAppend(woken::release);
            subscribed.release();

            assertThat(woken.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }
}
