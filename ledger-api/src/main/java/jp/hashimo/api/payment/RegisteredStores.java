package jp.hashimo.api.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.http.Problem;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.readmodel.Projections;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The stores of the read model, for the payment door.
 *
 * <p>A number stays its store's and a till stays its store's for as long as the log has the event
 * that says it, so what was found once is not looked up again; what was not found may be registered
 * by the next call. Whether a store may take payments is none of this: the ledger judges it with
 * each payment.
 */
@Component
class RegisteredStores implements StoreDirectory {
    /** More than a large city has shops. */
    private static final int MOST = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final Ledger ledger;
    private final Projections projections;
    private volatile Found found = new Found();

    /** What was found since the log last lost something. */
    private record Found(
            Cache<StoreNumber, MerchantId> numbers, Cache<RegisterId, MerchantId> tills) {
        Found() {
            this(cache(), cache());
        }

        private static <K> Cache<K, MerchantId> cache() {
            return Caffeine.newBuilder().maximumSize(MOST).build();
        }
    }

    /**
     * One answer of the tables.
     *
     * @param stands whether they show nothing that the log has lost
     */
    private record Row(boolean stands, @Nullable String merchantId) {}

    RegisteredStores(
            JdbcClient jdbc,
            LedgerId ledgerId,
            Ledger ledger,
            Projections projections,
            PostgresEventStorageEngine engine) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.ledger = ledger;
        this.projections = projections;
        // A number of the lost end may become another store's. Who is looking one up just now puts
        // it with what is forgotten.
        engine.whenLogGetsShorter(() -> found = new Found());
    }

    @Override
    public Optional<MerchantId> withNumber(StoreNumber number) {
        return Optional.ofNullable(
                found.numbers().get(number, _ -> upToDate(() -> readNumber(number))));
    }

    @Override
    public boolean hasRegister(MerchantId merchantId, RegisterId registerId) {
        return merchantId.equals(
                found.tills().get(registerId, _ -> upToDate(() -> readTill(registerId))));
    }

    /** A till opened a moment ago takes its first payment: waits for what this node has written. */
    private @Nullable MerchantId upToDate(Supplier<Optional<MerchantId>> read) {
        return read.get().or(() -> hasCaughtUp() ? read.get() : Optional.empty()).orElse(null);
    }

    private boolean hasCaughtUp() {
        try {
            return projections.runner("merchant").awaitPosition(ledger.lastPosition(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<MerchantId> readNumber(StoreNumber number) {
        return read(
                "SELECT merchant_id FROM merchant WHERE ledger_id = :ledger AND store_number = :key",
                number.number());
    }

    private Optional<MerchantId> readTill(RegisterId registerId) {
        return read(
                "SELECT merchant_id FROM register WHERE ledger_id = :ledger AND register_id = :key",
                registerId.toString());
    }

    /** A table that shows what the log has lost says neither that there is a store nor that not. */
    private Optional<MerchantId> read(String sql, Object key) {
        Row row =
                jdbc.sql(
                                "SELECT projection_stands(:ledger, 'merchant') AS stands, ("
                                        + sql
                                        + ") AS merchant_id")
                        .param("ledger", ledgerId.value())
                        .param("key", key)
                        .query(Row.class)
                        .single();
        if (!row.stands()) {
            throw Problem.of(503, "not-caught-up").retryAfter(1);
        }
        return Optional.ofNullable(row.merchantId()).map(MerchantId::parse);
    }
}
