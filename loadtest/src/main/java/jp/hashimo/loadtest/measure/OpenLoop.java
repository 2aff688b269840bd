package jp.hashimo.loadtest.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Clients who begin when it is time, whether or not the last answer was late. */
public final class OpenLoop {
    private OpenLoop() {}

    /**
     * Runs them for this long.
     *
     * @param actsPerSecond of all clients together, evenly spread; they must be able to keep it up
     */
    public static Load run(
            int clients,
            double actsPerSecond,
            Duration duration,
            IntFunction<ClosedLoop.Client> client)
            throws Exception {
        long from = System.nanoTime();
        double nanosBetween = clients * 1e9 / actsPerSecond;
        return ClosedLoop.run(
                clients,
                duration,
                number -> {
                    ClosedLoop.Client self = client.apply(number);
                    long[] acts = {0};
                    return watch -> {
                        long due =
                                from
                                        + (long)
                                                (nanosBetween
                                                        * (acts[0]++ + (double) number / clients));
                        for (long left = due - System.nanoTime();
                                left > 0;
                                left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        self.act(watch);
                    };
                });
    }
}
