package jp.hashimo.api.payment;

import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stores of the read model, for the payment door. */
@Component
class RegisteredStores implements StoreDirectory {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    RegisteredStores(JdbcClient jdbc, LedgerId ledgerId) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    @Override
    public Optional<MerchantId> withNumber(StoreNumber number) {
        return jdbc.sql("SELECT merchant_id FROM merchant WHERE ledger_id = ? AND store_number = ?")
                .params(ledgerId.value(), number.number())
                .query(String.class)
                .optional()
                .map(MerchantId::parse);
    }

    @Override
    public boolean hasRegister(MerchantId merchantId, RegisterId registerId) {
        return jdbc.sql(
                                "SELECT count(*) FROM register WHERE ledger_id = ? AND register_id = ? AND merchant_id = ?")
                        .params(ledgerId.value(), registerId.toString(), merchantId.toString())
                        .query(Long.class)
                        .single()
                == 1;
    }
}
