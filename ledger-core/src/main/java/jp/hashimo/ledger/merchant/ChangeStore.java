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
import jp.hashimo.ledger.merchant.MerchantRejection.ClassBeginsInThePast;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;
import jp.hashimo.ledger.money.TokyoTime;
import org.jspecify.annotations.Nullable;

/** Something about a registered store changes, by the word of one person. */
public record ChangeStore(MerchantId merchantId, Change change)
        implements Command<Store, MerchantRejection> {

    /** What may change. */
    public sealed interface Change {
        record Suspend() implements Change {}

        record Resume() implements Change {}

        /**
         * The store is to be of another class.
         *
         * @param effectiveFrom when the new class begins, which may lie ahead; null means now
         */
        record Reclassify(StoreClass storeClass, @Nullable Instant effectiveFrom)
                implements Change {

            /** A class is stamped into every payment, so what has been cannot be said anew. */
            private boolean isPast(Instant now) {
                return effectiveFrom != null
                        && effectiveFrom.isBefore(TokyoTime.startOf(TokyoTime.businessDateOf(now)));
            }

            /**
             * From today means for the rest of it: the payments of this morning keep the class they
             * were made with.
             */
            private Instant beginning(Instant now) {
                return effectiveFrom == null || effectiveFrom.isBefore(now) ? now : effectiveFrom;
            }
        }

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
    public Decision<MerchantRejection> decide(Store store, Instant now) {
        return switch (store) {
            case Store.Absent _ -> Decision.reject(new StoreNotFound(merchantId));
            case Store.Known _
                    when change instanceof Change.Reclassify reclassify && reclassify.isPast(now) ->
                    Decision.reject(new ClassBeginsInThePast(merchantId));
            case Store.Known _ -> Decision.accept(fact(now));
        };
    }

    private MerchantEvent fact(Instant now) {
        return switch (change) {
            case Change.Suspend _ -> new StoreSuspended(merchantId, now);
            case Change.Resume _ -> new StoreResumed(merchantId, now);
            case Change.Reclassify to ->
                    new StoreClassChanged(merchantId, to.storeClass(), to.beginning(now), now);
            case Change.OpenRegister(var register, var name) ->
                    new RegisterOpened(merchantId, register, name, now);
            case Change.AddOperator(var operator) -> new OperatorAdded(merchantId, operator, now);
        };
    }
}
