package jp.hashimo.ledger.merchant;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNumberTaken;

/** The city registers a store under a number nobody else has. */
public record RegisterMerchant(MerchantId merchantId, int storeNumber, StoreClass storeClass)
        implements Command<Boolean, StoreNumberTaken> {

    @Override
    public List<Fold<?>> boundary() {
        return List.of(number());
    }

    @Override
    public List<Fold<?>> presumedNew() {
        return boundary();
    }

    @Override
    public Boolean state(Folded known) {
        return known.of(number());
    }

    private Present number() {
        return Present.of("store-number", storeNumber);
    }

    @Override
    public Decision<StoreNumberTaken> decide(Boolean taken, Instant now) {
        return taken
                ? Decision.reject(new StoreNumberTaken(storeNumber))
                : Decision.accept(new MerchantRegistered(merchantId, storeNumber, storeClass, now));
    }
}
