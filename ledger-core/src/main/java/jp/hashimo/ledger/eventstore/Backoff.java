package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Waits a little longer after each failure, from ten milliseconds to one second, with jitter. */
final class Backoff {
    private final Consumer<Duration> sleep;
    private long millis = 10;

    /**
     * @param sleep how it waits
     */
    Backoff(Consumer<Duration> sleep) {
        this.sleep = sleep;
    }

    void pause() {
        long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
        sleep.accept(Duration.ofMillis(jittered));
        millis = Math.min(1_000, millis * 2);
    }
}
