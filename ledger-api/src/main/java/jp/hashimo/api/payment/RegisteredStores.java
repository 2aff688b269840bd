package jp.hashimo.api.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The stores of the read model, for the payment door.
 *
 * <p>A number stays its store's and a till stays its store's for ever, so what was found once is
 * not looked up again; what was not found may be registered by the next call. Whether a store may
 * take payments is none of this: the ledger judges it with each payment.
 */
@Component
class RegisteredStores implements StoreDirectory {
    /** More than a large city has shops. */
    private static final int MOST = 20_000;

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final Cache<StoreNumber, MerchantId> numbers =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<RegisterId, MerchantId> tills =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RegisteredStores(JdbcClient jdbc, LedgerId ledgerId) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    @Override
    public Optional<MerchantId> withNumber(StoreNumber number) {
        return Optional.ofNullable(numbers.get(number, this::readNumber));
    }

    @Override
    public boolean hasRegister(MerchantId merchantId, RegisterId registerId) {
        return merchantId.equals(tills.get(registerId, this::readTill));
    }

    private @Nullable MerchantId readNumber(StoreNumber number) {
        return jdbc.sql("SELECT merchant_id FROM merchant WHERE ledger_id = ? AND store_number = ?")
                .params(ledgerId.value(), number.number())
                .query(String.class)
                .optional()
                .map(MerchantId::parse)
                .orElse(null);
    }

    private @Nullable MerchantId readTill(RegisterId registerId) {
        return jdbc.sql("SELECT merchant_id FROM register WHERE ledger_id = ? AND register_id = ?")
                .params(ledgerId.value(), registerId.toString())
                .query(String.class)
                .optional()
                .map(MerchantId::parse)
                .orElse(null);
    }
}
