package jp.hashimo.api.testing;

import java.util.Objects;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;

/** Somebody with a login who has signed in. */
public record Person(Caller caller, String token) {

    public WalletId walletId() {
        return Objects.requireNonNull(caller.walletId());
    }

    public MerchantId merchantId() {
        return Objects.requireNonNull(caller.merchantId());
    }
}
