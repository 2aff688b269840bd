package jp.hashimo.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where the service answers since its last start; whoever has lost it waits here for the next. */
final class Whereabouts {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int clients;
    private @Nullable Running running;

    /**
     * One life of the service.
     *
     * @param served counted down by each client at the first write it is answered
     * @param lost requests that the end of this life left without an answer
     */
    record Running(int number, URI url, CountDownLatch served, AtomicInteger lost) {}

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
        return after(0);
    }

    /** A later life than the given one. */
    synchronized Running after(int number) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (running == null || running.number() <= number) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(
                        "no answer from the service, and nobody started it again");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return running;
    }
}
