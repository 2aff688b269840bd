package jp.hashimo.ledger.merchant;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreResumed;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreSuspended;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;

/** Something about a registered store changes, by the word of one person. */
public record ChangeStore(MerchantId merchantId, Change change)
        implements Command<Store, StoreNotFound> {

    /** What may change. */
    public sealed interface Change {
        record Suspend() implements Change {}

        record Resume() implements Change {}

        /**
         * The store is to be of another class.
         *
         * @param effectiveFrom when the new class begins, which may lie ahead
         */
        record Reclassify(StoreClass storeClass, Instant effectiveFrom) implements Change {}

        record OpenRegister(RegisterId registerId, String name) implements Change {}

        record AddOperator(UserId operator) implements Change {}
    }

    @Override
    public List<Fold<?>> boundary() {
        return List.of(new StoreOf(merchantId));
    }

    @Override
    public Store state(Folded known) {
        return known.of(new StoreOf(merchantId));
    }

    @Override
    public Decision<StoreNotFound> decide(Store store, Instant now) {
        return switch (store) {
            case Store.Absent _ -> Decision.reject(new StoreNotFound(merchantId));
            case Store.Known _ -> Decision.accept(fact(now));
        };
    }

    private MerchantEvent fact(Instant now) {
        return switch (change) {
            case Change.Suspend _ -> new StoreSuspended(merchantId, now);
            case Change.Resume _ -> new StoreResumed(merchantId, now);
            case Change.Reclassify(var storeClass, var from) ->
                    new StoreClassChanged(merchantId, storeClass, from, now);
            case Change.OpenRegister(var register, var name) ->
                    new RegisterOpened(merchantId, register, name, now);
            case Change.AddOperator(var operator) -> new OperatorAdded(merchantId, operator, now);
        };
    }
}
