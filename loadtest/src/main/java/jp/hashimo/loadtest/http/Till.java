package jp.hashimo.loadtest.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import jp.hashimo.loadtest.measure.ClosedLoop;

/**
 * A payment as it happens at a till: a citizen gives the store's number and an amount, and the
 * store says OK. Both are commands, and both are timed.
 */
final class Till implements ClosedLoop.Client {
    private static final AtomicLong KEYS = new AtomicLong(System.nanoTime() << 16);
    private static final Bytes PROPOSE = Bytes.of("POST /api/v1/payments");
    private static final Bytes CONFIRM = Bytes.of("POST /api/v1/payments/");
    private static final byte[] PAYMENT_ID = AnswerReader.ascii("\"paymentId\":\"");
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** What became of it is not known yet, and can be asked for later. */
    private static final int ACCEPTED = 202;

    private final HttpConnection connection;
    private final List<HttpTown.Resident> residents;
    private final List<HttpTown.Store> stores;
    private final SplittableRandom random;
    private final Confirmed confirmed;

    /** Who is told of payments. */
    @FunctionalInterface
    interface Confirmed {
        /**
         * A payment was confirmed.
         *
         * @param position where the ledger says it is
         * @param sent when the confirmation was sent, as {@link System#nanoTime} counts
         */
        void accept(long position, long sent);
    }

    /**
     * @param residents one of whom pays each time, at one of the stores
     * @param confirmed told of each payment that was
     */
    Till(
            URI service,
            List<HttpTown.Resident> residents,
            List<HttpTown.Store> stores,
            long seed,
            Confirmed confirmed) {
        try {
            this.connection = new HttpConnection(service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.residents = residents;
        this.stores = stores;
        this.random = new SplittableRandom(seed);
        this.confirmed = confirmed;
    }

    @Override
    public void act(ClosedLoop.Stopwatch watch) throws IOException {
        HttpTown.Resident resident = residents.get(random.nextInt(residents.size()));
        HttpTown.Store store = stores.get(random.nextInt(stores.size()));
        int proposed =
                connection
                        .with(PROPOSE)
                        .and(resident.head())
                        .andHex(KEYS.incrementAndGet())
                        .and(store.proposal())
                        .send();
        long between = System.nanoTime();
        if (proposed != CREATED) {
            refused(watch, proposed);
            return;
        }
        watch.took(between - watch.began());
        byte[] paymentId = connection.answer().field(PAYMENT_ID);
        long sent = System.nanoTime();
        int answered =
                connection
                        .with(CONFIRM)
                        .and(paymentId)
                        .and(store.confirmHead())
                        .andHex(KEYS.incrementAndGet())
                        .and(HttpTown.EMPTY_BODY)
                        .send();
        if (answered == OK) {
            watch.took(System.nanoTime() - sent);
            confirmed.accept(connection.answer().position(), sent);
        } else {
            refused(watch, answered);
        }
    }

    /**
     * To be told to come again, or to ask later, is an answer that is no payment; anything else
     * means that we ask the wrong thing.
     */
    private void refused(ClosedLoop.Stopwatch watch, int status) {
        if (status != ACCEPTED && status <= 500) {
            throw new IllegalStateException(
                    "answered " + status + ": " + connection.answer().body());
        }
        watch.failed();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
