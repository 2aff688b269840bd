package jp.hashimo.loadtest.http;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import jp.hashimo.loadtest.Pause;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Numbers;
import jp.hashimo.loadtest.measure.OpenLoop;
import jp.hashimo.loadtest.measure.Row;

/**
 * How long after a payment's confirmation was sent every read table shows it, while payments come
 * at an even pace. When it was committed nobody can see from outside; that is later than the
 * sending, so that from commit to visible it is less.
 */
final class ReadLag {
    private static final Duration LOOK_EVERY = Duration.ofMillis(3);

    private final Cluster cluster;
    private final String database;
    private final URI service;
    private final HttpTown town;
    private final Deque<Confirmed> waiting = new ArrayDeque<>();

    /** A payment whose answer has come, and when that was asked for. */
    private record Confirmed(long position, long sent) {}

    ReadLag(Cluster cluster, String database, URI service, HttpTown town) {
        this.cluster = cluster;
        this.database = database;
        this.service = service;
        this.town = town;
    }

    /** The 99th percentile in milliseconds. */
    Load measure(double commandsPerSecond, Duration duration) throws Exception {
        var paid = new CompletableFuture<Boolean>();
        var lags = CompletableFuture.supplyAsync(() -> watch(paid));
        Load load;
        try {
            load =
                    OpenLoop.run(
                            Row.READ_LAG.clients(),
                            commandsPerSecond / FirstPayment.COMMANDS_IN_A_PAYMENT,
                            duration,
                            number ->
                                    new Till(
                                            service,
                                            town.residents(),
                                            town.stores(),
                                            System.nanoTime() + number,
                                            this::confirmed));
        } finally {
            paid.complete(true);
        }
        long[] nanos = lags.join();
        Arrays.sort(nanos);
        double p99 = Numbers.percentile(nanos, 0.99) / 1e6;
        return new Load(
                p99,
                load.units(),
                load.failed(),
                Numbers.percentile(nanos, 0.50) / 1e6,
                p99,
                load.flaw());
    }

    private void confirmed(long position, long sent) {
        synchronized (waiting) {
            waiting.add(new Confirmed(position, sent));
        }
    }

    private long[] watch(CompletableFuture<Boolean> paid) {
        LongStream.Builder lags = LongStream.builder();
        try (Connection connection = cluster.connect(database);
                PreparedStatement look =
                        connection.prepareStatement("SELECT min(position) FROM projection")) {
            boolean open = true;
            while (open) {
                boolean noMore = paid.isDone();
                open = show(visible(look), lags) || !noMore;
                Pause.of(LOOK_EVERY);
            }
            return lags.build().toArray();
        } catch (SQLException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static long visible(PreparedStatement look) throws SQLException {
        try (ResultSet row = look.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Takes out what can be seen.
     *
     * @return whether there is something left
     */
    private boolean show(long visible, LongStream.Builder lags) {
        long now = System.nanoTime();
        synchronized (waiting) {
            waiting.removeIf(confirmed -> {
                boolean shown = confirmed.position() <= visible;
                if (shown) {
                    lags.add(now - confirmed.sent());
                }
                return shown;
            });
            return !waiting.isEmpty();
        }
    }
}
