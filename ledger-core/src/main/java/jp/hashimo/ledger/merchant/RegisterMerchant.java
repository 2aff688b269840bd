package jp.hashimo.ledger.merchant;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNumberTaken;

/** The city registers a store under a number nobody else has. */
public record RegisterMerchant(MerchantId merchantId, int storeNumber, StoreClass storeClass)
        implements Command<Boolean, StoreNumberTaken> {

    @Override
    public List<Facts> boundary() {
        return List.of(Facts.of("store-number", storeNumber));
    }

    @Override
    public Boolean initial() {
        return false;
    }

    @Override
    public Boolean evolve(Boolean taken, LedgerEvent event) {
        return true;
    }

    @Override
    public Decision<StoreNumberTaken> decide(Boolean taken, Instant now) {
        return taken
                ? Decision.reject(new StoreNumberTaken(storeNumber))
                : Decision.accept(new MerchantRegistered(merchantId, storeNumber, storeClass, now));
    }
}
