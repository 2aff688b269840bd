package jp.hashimo.ledger.readmodel;

import java.sql.SQLException;
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
    private static final String REGISTER =
            "INSERT INTO merchant (ledger_id, merchant_id, store_number, registered_at) VALUES (?, ?, ?, ?)";
    private static final String REPLAN =
            "DELETE FROM merchant_class WHERE ledger_id = ? AND merchant_id = ? AND effective_from >= ?";
    private static final String CLASSIFY =
            "INSERT INTO merchant_class (ledger_id, merchant_id, effective_from, store_class) VALUES (?, ?, ?, ?)";
    private static final String TILL =
            "INSERT INTO register (ledger_id, register_id, merchant_id, name) VALUES (?, ?, ?, ?)";
    // Who is an operator already may be added again; it changes nothing.
    private static final String OPERATOR =
            "INSERT INTO merchant_operator (ledger_id, merchant_id, user_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String SUSPEND =
            """
            UPDATE merchant SET suspended = next.suspended
              FROM (SELECT ?::text AS ledger, ?::text AS merchant, ?::boolean AS suspended) next
             WHERE ledger_id = next.ledger AND merchant_id = next.merchant\
            """;

    @Override
    public String name() {
        return "merchant";
    }

    @Override
    public List<String> tables() {
        return List.of("merchant", "merchant_class", "register", "merchant_operator");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) throws SQLException {
        for (RecordedEvent recorded : batch) {
            if (recorded.event() instanceof MerchantEvent event) {
                apply(rows, event);
                // A new plan of classes replaces an older one of the same batch, so each is written
                // before the next.
                rows.flush();
            }
        }
    }

    private static void apply(Rows rows, MerchantEvent event) {
        switch (event) {
            case MerchantRegistered e -> {
                rows.add(REGISTER, e.merchantId(), e.storeNumber(), e.registeredAt());
                rows.add(CLASSIFY, e.merchantId(), e.registeredAt(), e.storeClass());
            }
            case StoreClassChanged e -> {
                rows.add(REPLAN, e.merchantId(), e.effectiveFrom());
                rows.add(CLASSIFY, e.merchantId(), e.effectiveFrom(), e.storeClass());
            }
            case StoreSuspended e -> rows.add(SUSPEND, e.merchantId(), true);
            case StoreResumed e -> rows.add(SUSPEND, e.merchantId(), false);
            case RegisterOpened e -> rows.add(TILL, e.registerId(), e.merchantId(), e.name());
            case OperatorAdded e -> rows.add(OPERATOR, e.merchantId(), e.operator());
            case BankAccountChangeProposed _,
                    BankAccountChanged _,
                    BankAccountChangeRejected _ -> {}
        }
    }
}
