package jp.hashimo.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the service answers since its last start or the last fault; whoever has lost it waits. */
final class Whereabouts {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int clients;
    private @Nullable Running running;

    /**
     * One life of the service, or of the database under it.
     *
     * @param served counted down by each client at the first write it is answered
     * @param lost requests that the end of this life left without an answer
     */
    record Running(int number, URI url, CountDownLatch served, AtomicInteger lost) {
        /**
         * Returns when each client was served, and fails at once if one has failed.
         *
         * @param who is waited for, and what else there is to say if it takes too long
         */
        void awaitAllServed(List<Future<?>> work, Duration patience, Supplier<String> who)
                throws InterruptedException, ExecutionException {
            long end = System.nanoTime() + patience.toNanos();
            while (!served.await(100, TimeUnit.MILLISECONDS)) {
                for (Future<?> client : work) {
                    if (client.isDone()) {
                        client.get();
                    }
                }
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError(
                            "%d clients were not served within %s: %s"
                                    .formatted(served.getCount(), patience, who.get()));
                }
            }
        }
    }

    Whereabouts(int clients) {
        this.clients = clients;
    }

    synchronized Running announce(URI url) {
        int number = running == null ? 1 : running.number() + 1;
        running = new Running(number, url, new CountDownLatch(clients), new AtomicInteger());
        notifyAll();
        return running;
    }

    synchronized Running now() {
        await(0, PATIENCE);
        if (running == null) {
            throw new IllegalStateException("nobody started the service");
        }
        return running;
    }

    /** Returns in a later life than the given one, or after a moment, when it is worth a try. */
    synchronized void pause(int number, Duration moment) {
        await(number, moment);
    }

    private void await(int number, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (left > 0 && (running == null || running.number() <= number)) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
