package jp.hashimo.gateway;

import java.util.Optional;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;

/** What an unsigned code is proven by: the stores the city has registered. */
public interface StoreDirectory {
    Optional<MerchantId> withNumber(StoreNumber number);

    boolean hasRegister(MerchantId merchantId, RegisterId registerId);
}
