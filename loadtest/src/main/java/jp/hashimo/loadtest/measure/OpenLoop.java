package jp.hashimo.loadtest.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import jp.hashimo.loadtest.Pause;

/** Clients who begin when it is time, whether or not the last answer was late. */
public final class OpenLoop {
    /** Below this share of the intended rate another load was measured than was asked for. */
    private static final double KEPT_UP = 0.95;

    private OpenLoop() {}

    /**
     * Runs them for this long. A client that is late begins at once, and its time counts from when
     * it should have begun.
     *
     * @param actsPerSecond of all clients together, evenly spread; the load is flawed if they
     *     cannot keep it up
     */
    public static Load run(
            int clients,
            double actsPerSecond,
            Duration duration,
            IntFunction<ClosedLoop.Client> client)
            throws Exception {
        var acts = new LongAdder();
        long from = System.nanoTime();
        double nanosBetween = clients * 1e9 / actsPerSecond;
        Load load =
                ClosedLoop.run(
                        clients,
                        duration,
                        number -> {
                            long first = from + (long) (nanosBetween * number / clients);
                            return new Punctual(client.apply(number), first, nanosBetween, acts);
                        });
        double share = acts.sum() / ((System.nanoTime() - from) / 1e9) / actsPerSecond;
        return share < KEPT_UP ? load.flawed(tooSlow(share)) : load;
    }

    private static String tooSlow(double share) {
        return String.format(Locale.ROOT, "only %.0f %% of the intended rate", 100 * share);
    }

    /** Begins each turn when it is due. */
    private static final class Punctual implements ClosedLoop.Client {
        private final ClosedLoop.Client self;
        private final long first;
        private final double nanosBetween;
        private final LongAdder acts;
        private long turns;

        Punctual(ClosedLoop.Client self, long first, double nanosBetween, LongAdder acts) {
            this.self = self;
            this.first = first;
            this.nanosBetween = nanosBetween;
            this.acts = acts;
        }

        @Override
        public void act(ClosedLoop.Stopwatch watch) throws Exception {
            long due = first + (long) (nanosBetween * turns++);
            Pause.until(due);
            watch.begin(due);
            self.act(watch);
            acts.increment();
        }

        @Override
        public void close() throws IOException {
            self.close();
        }
    }
}
