package jp.hashimo.ledger.payment;

import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;

/** Who answers a proposal: this citizen or this store, not just any. */
public sealed interface Party {
    Side side();

    record Citizen(WalletId walletId) implements Party {
        @Override
        public Side side() {
            return Side.CITIZEN;
        }
    }

    record Shop(MerchantId merchantId) implements Party {
        @Override
        public Side side() {
            return Side.STORE;
        }
    }
}
