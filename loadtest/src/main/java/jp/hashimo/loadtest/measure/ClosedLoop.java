package jp.hashimo.loadtest.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Clients who each begin the next as soon as they have the answer to the last. */
public final class ClosedLoop {
    private ClosedLoop() {}

    /** What one client does over and over. */
    @FunctionalInterface
    public interface Client extends AutoCloseable {
        /** Does it once, and tells the watch how long each unit of it took. */
        void act(Stopwatch watch) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** The times of one client; used by its thread alone. */
    public static final class Stopwatch {
        private long[] nanos = new long[1 << 14];
        private int count;
        private long failed;
        private long began;

        /**
         * From when the first unit of this turn counts: now, or in an {@link OpenLoop} when it was
         * to be sent, so that waiting behind a late answer is part of it.
         */
        public long began() {
            return began;
        }

        void begin(long nanoTime) {
            began = nanoTime;
        }

        public void took(long spent) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = spent;
        }

        /** One that was not answered as it should have been. */
        public void failed() {
            failed++;
        }

        private LongStream times() {
            return Arrays.stream(nanos, 0, count);
        }
    }

    /**
     * Runs them for this long; what has begun is brought to its end, and everybody does it once.
     *
     * @param client made for each of them, on its own thread
     * @throws Exception the first that a client threw; the others then stop too
     */
    public static Load run(int clients, Duration duration, IntFunction<Client> client)
            throws Exception {
        var fault = new AtomicReference<Exception>();
        List<Stopwatch> watches = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long from = System.nanoTime();
        long nanos = duration.toNanos();
        for (int i = 0; i < clients; i++) {
            int number = i;
            var watch = new Stopwatch();
            watches.add(watch);
            threads.add(
                    Thread.ofVirtual()
                            .name("client-" + number)
                            .start(() -> {
                                try (Client self = client.apply(number)) {
                                    do {
                                        watch.begin(System.nanoTime());
                                        self.act(watch);
                                    } while (System.nanoTime() - from < nanos
                                            && fault.get() == null);
                                } catch (Exception e) {
                                    fault.compareAndSet(null, e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        if (fault.get() != null) {
            throw fault.get();
        }
        long[] times = watches.stream().flatMapToLong(Stopwatch::times).toArray();
        long failed = watches.stream().mapToLong(watch -> watch.failed).sum();
        return Load.rate(times.length, failed, seconds, times);
    }
}
