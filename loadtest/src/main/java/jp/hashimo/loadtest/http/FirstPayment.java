package jp.hashimo.loadtest.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import jp.hashimo.loadtest.Pause;
import jp.hashimo.loadtest.measure.Load;

/** Somebody at a till who tries until a payment has been made, however often it is put off. */
final class FirstPayment {
    static final int COMMANDS_IN_A_PAYMENT = 2;

    private static final Duration TRY_AGAIN = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private FirstPayment() {}

    /**
     * Returns when both commands of one payment have been answered as they should be.
     *
     * @param attempt to pay once
     */
    static void make(Callable<Load> attempt) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (attempt.call().units() < COMMANDS_IN_A_PAYMENT) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no payment was made within " + PATIENCE);
            }
            Pause.of(TRY_AGAIN);
        }
    }
}
