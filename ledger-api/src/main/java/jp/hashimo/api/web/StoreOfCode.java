package jp.hashimo.api.web;

import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.gateway.CodeReader;
import jp.hashimo.gateway.ScannedCode.CustomerToken;
import jp.hashimo.gateway.ScannedCode.EmvStoreCode;
import jp.hashimo.gateway.ScannedCode.SignedStoreCode;
import jp.hashimo.gateway.ScannedCode.StoreNumberTyped;
import jp.hashimo.gateway.ScannedCode.Unreadable;
import jp.hashimo.gateway.StoreDirectory;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which store a code names, so that a citizen sees the store before the amount. The payment itself
 * reads the code again.
 */
@Component
class StoreOfCode {
    private final CodeReader codes;
    private final StoreDirectory stores;
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    StoreOfCode(CodeReader codes, StoreDirectory stores, JdbcClient jdbc, LedgerId ledgerId) {
        this.codes = codes;
        this.stores = stores;
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    Optional<MerchantId> find(String text) {
        return switch (codes.read(text)) {
            case SignedStoreCode signed -> Optional.of(signed.merchantId());
            case EmvStoreCode emv -> stores.withNumber(emv.number());
            case StoreNumberTyped typed -> stores.withNumber(typed.number());
            case CustomerToken _ -> Optional.empty();
            case Unreadable _ -> Optional.empty();
        };
    }

    /** The number by which people know a store. */
    Optional<StoreNumber> numberOf(MerchantId store) {
        return jdbc.sql(
                        "SELECT store_number FROM merchant WHERE ledger_id = ? AND merchant_id = ?"
                                + " AND projection_stands(ledger_id, 'merchant')")
                .params(ledgerId.value(), store.toString())
                .query(Integer.class)
                .optional()
                .flatMap(number -> StoreNumber.read("%08d".formatted(number)));
    }
}
