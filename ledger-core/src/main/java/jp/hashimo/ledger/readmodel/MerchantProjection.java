package jp.hashimo.ledger.readmodel;

import java.util.List;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.merchant.MerchantEvent;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreResumed;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreSuspended;

/** The stores, their classes over time, their tills and their staff. */
public final class MerchantProjection implements Projection {
    private static final Table MERCHANT =
            Table.of(
                    "merchant",
                    "merchant_id text",
                    "store_number integer, suspended boolean, registered_at timestamptz");
    private static final Table CLASS =
            Table.of(
                    "merchant_class",
                    "merchant_id text, effective_from timestamptz",
                    "store_class text");
    private static final Table TILL =
            Table.of("register", "register_id text", "merchant_id text, name text");
    // Who is an operator already may be added again; it changes nothing.
    private static final Table OPERATOR =
            Table.of("merchant_operator", "merchant_id text, user_id text", "")
                    .onConflict("DO NOTHING");

    @Override
    public String name() {
        return "merchant";
    }

    @Override
    public List<String> tables() {
        return List.of("merchant", "merchant_class", "register", "merchant_operator");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        for (RecordedEvent recorded : batch) {
            if (recorded.event() instanceof MerchantEvent event) {
                apply(rows, event);
            }
        }
    }

    private static void apply(Rows rows, MerchantEvent event) {
        switch (event) {
            case MerchantRegistered e -> {
                rows.insert(MERCHANT, e.merchantId(), e.storeNumber(), false, e.registeredAt());
                rows.insert(CLASS, e.merchantId(), e.registeredAt(), e.storeClass());
            }
            case StoreClassChanged e -> {
                // A new plan replaces what was planned for later.
                rows.deleteOnwards(CLASS, e.merchantId(), e.effectiveFrom());
                rows.insert(CLASS, e.merchantId(), e.effectiveFrom(), e.storeClass());
            }
            case StoreSuspended e -> rows.change(MERCHANT, e.merchantId()).set("suspended", true);
            case StoreResumed e -> rows.change(MERCHANT, e.merchantId()).set("suspended", false);
            case RegisterOpened e -> rows.insert(TILL, e.registerId(), e.merchantId(), e.name());
            case OperatorAdded e -> rows.insert(OPERATOR, e.merchantId(), e.operator());
            case BankAccountChangeProposed _,
                    BankAccountChanged _,
                    BankAccountChangeRejected _ -> {}
        }
    }
}
