package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the service and its database, passes every byte on, and can be told to spoil an
 * append: to cut its connection at a chosen byte of the request, to drop the answer of a commit
 * that has happened, or to hold it back.
 */
final class Proxy implements AutoCloseable {
    /** What every append of facts carries and nothing else does: metadata of a request. */
    private static final byte[] OF_AN_APPEND = "bodyHash".getBytes(StandardCharsets.US_ASCII);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerSocket door;
    private final int target;
    private final Random random;
    private final AtomicReference<@Nullable Strike> next = new AtomicReference<>();
    private final Map<Harm, AtomicInteger> done = new EnumMap<>(Harm.class);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done to one append. */
    enum Harm {
        /** The connection ends in the middle of the request. */
        CUT_IN_THE_REQUEST,
        /** The request arrives whole, and the connection ends before its answer. */
        CUT_BEFORE_THE_ANSWER,
        /** The database has answered, and its answer is thrown away. */
        DROP_THE_ANSWER,
        /** The answer comes two seconds late. */
        DELAY_THE_ANSWER
    }

    /** One harm that is to be done, and whether it was. */
    private record Strike(Harm harm, CompletableFuture<Harm> done) {}

    Proxy(int target, Random random) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.random = random;
        for (Harm harm : Harm.values()) {
            done.put(harm, new AtomicInteger());
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Spoils the next append that comes by, and returns when that has happened. */
    void harm(Harm harm) {
        var strike = new Strike(harm, new CompletableFuture<>());
        if (!next.compareAndSet(null, strike)) {
            throw new IllegalStateException("another harm has not struck yet: " + next.get());
        }
        strike.done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** How many appends were spoilt in this way. */
    int harmed(Harm harm) {
        return of(harm).get();
    }

    private AtomicInteger of(Harm harm) {
        return Objects.requireNonNull(done.get(harm));
    }

    private void struck(Strike strike) {
        of(strike.harm).incrementAndGet();
        strike.done.complete(strike.harm);
    }

    /**
     * Ends every connection there is; new ones are let in.
     *
     * @return how many there were, on either side
     */
    int cutAll() {
        List<Socket> all = List.copyOf(open);
        all.forEach(Proxy::end);
        return all.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket service = door.accept();
                Thread.ofVirtual().start(() -> serve(service));
            } catch (IOException e) {
                // Closed; or one connection less, which the service will notice.
            }
        }
    }

    private void serve(Socket service) {
        try (service;
                var database = new Socket(InetAddress.getLoopbackAddress(), target)) {
            service.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            open.add(service);
            open.add(database);
            var harm = new AtomicReference<@Nullable Strike>();
            Thread back = Thread.ofVirtual().start(() -> answers(database, service, harm));
            requests(service, database, harm);
            end(database);
            back.join();
        } catch (IOException e) {
            // The end of a connection is what this is for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    private void requests(Socket from, Socket to, AtomicReference<@Nullable Strike> harm)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
            Strike strike = next.get();
            if (strike == null || !isAppend(buffer, n) || !next.compareAndSet(strike, null)) {
                out.write(buffer, 0, n);
                continue;
            }
            switch (strike.harm) {
                case CUT_IN_THE_REQUEST, CUT_BEFORE_THE_ANSWER -> {
                    boolean whole = strike.harm == Harm.CUT_BEFORE_THE_ANSWER;
                    out.write(buffer, 0, whole ? n : random.nextInt(n));
                    out.flush();
                    end(from);
                    end(to);
                    struck(strike);
                    return;
                }
                case DROP_THE_ANSWER, DELAY_THE_ANSWER -> {
                    harm.set(strike);
                    out.write(buffer, 0, n);
                }
            }
        }
    }

    private void answers(Socket from, Socket to, AtomicReference<@Nullable Strike> harm) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                Strike strike = harm.getAndSet(null);
                if (strike != null) {
                    struck(strike);
                    if (strike.harm == Harm.DROP_THE_ANSWER) {
                        break;
                    }
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The end of a connection is what this is for.
        } finally {
            end(to);
            end(from);
        }
    }

    private static boolean isAppend(byte[] buffer, int length) {
        for (int i = 0; i + OF_AN_APPEND.length <= length; i++) {
            int k = 0;
            while (k < OF_AN_APPEND.length && buffer[i + k] == OF_AN_APPEND[k]) {
                k++;
            }
            if (k == OF_AN_APPEND.length) {
                return true;
            }
        }
        return false;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed in any case.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cutAll();
    }
}
