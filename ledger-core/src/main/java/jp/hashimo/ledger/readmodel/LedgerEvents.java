package jp.hashimo.ledger.readmodel;

import java.util.ArrayList;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent;
import jp.hashimo.ledger.campaign.PurchaseEvent;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.merchant.MerchantEvent;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.wallet.WalletEvent;

/** Every fact this ledger knows, by family. */
public final class LedgerEvents {
    private static final List<Class<? extends LedgerEvent>> FAMILIES =
            List.of(
                    CampaignEvent.class,
                    PurchaseEvent.class,
                    WalletEvent.class,
                    MerchantEvent.class,
                    PaymentEvent.class);

    private LedgerEvents() {}

    /** The concrete types: the leaves of the sealed families. */
    public static List<Class<? extends LedgerEvent>> all() {
        var leaves = new ArrayList<Class<? extends LedgerEvent>>();
        FAMILIES.forEach(family -> collect(family, leaves));
        return leaves;
    }

    private static void collect(Class<?> type, List<Class<? extends LedgerEvent>> leaves) {
        if (type.isRecord()) {
            leaves.add(type.asSubclass(LedgerEvent.class));
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, leaves);
            }
        }
    }
}
