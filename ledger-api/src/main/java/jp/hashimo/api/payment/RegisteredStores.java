package jp.hashimo.api.payment;

import java.time.Duration;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.readmodel.Projections;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stores of the read model, for the payment door. */
@Component
class RegisteredStores implements StoreDirectory {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final Ledger ledger;
    private final Projections projections;

    RegisteredStores(JdbcClient jdbc, LedgerId ledgerId, Ledger ledger, Projections projections) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.ledger = ledger;
        this.projections = projections;
    }

    @Override
    public Optional<MerchantId> withNumber(StoreNumber number) {
        return known(number).or(() -> hasCaughtUp() ? known(number) : Optional.empty());
    }

    @Override
    public boolean hasRegister(MerchantId merchantId, RegisterId registerId) {
        return isKnown(merchantId, registerId)
                || (hasCaughtUp() && isKnown(merchantId, registerId));
    }

    /** A till opened a moment ago takes its first payment: waits for what this node has written. */
    private boolean hasCaughtUp() {
        try {
            return projections.runner("merchant").awaitPosition(ledger.lastPosition(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<MerchantId> known(StoreNumber number) {
        return jdbc.sql("SELECT merchant_id FROM merchant WHERE ledger_id = ? AND store_number = ?")
                .params(ledgerId.value(), number.number())
                .query(String.class)
                .optional()
                .map(MerchantId::parse);
    }

    private boolean isKnown(MerchantId merchantId, RegisterId registerId) {
        return jdbc.sql(
                                "SELECT count(*) FROM register WHERE ledger_id = ? AND register_id = ? AND merchant_id = ?")
                        .params(ledgerId.value(), registerId.toString(), merchantId.toString())
                        .query(Long.class)
                        .single()
                == 1;
    }
}
