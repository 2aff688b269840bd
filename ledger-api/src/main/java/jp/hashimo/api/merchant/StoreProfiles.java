package jp.hashimo.api.merchant;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import org.springframework.stereotype.Component;

/** The names and bank accounts of the stores. */
@Component
public class StoreProfiles {
    private final Vault vault;
    private final Map<MerchantId, String> names = new ConcurrentHashMap<>();

    StoreProfiles(Vault vault) {
        this.vault = vault;
    }

    public Optional<StoreProfile> find(MerchantId merchantId) {
        return vault.get(merchantId, StoreProfile.class);
    }

    /** Several at once, by their printed ids. */
    public Map<String, StoreProfile> all(Collection<MerchantId> merchantIds) {
        return vault.all(merchantIds, StoreProfile.class);
    }

    /**
     * The store's name, or its id if the name is not known. It stands over the door and never
     * changes, so it is unsealed once and not for every payment.
     */
    public String nameOf(MerchantId merchantId) {
        String known = names.get(merchantId);
        if (known == null) {
            known = find(merchantId).map(StoreProfile::name).orElse(null);
            if (known != null) {
                names.put(merchantId, known);
            }
        }
        return known == null ? merchantId.toString() : known;
    }

    /** The account that waits for a second person. */
    public Optional<BankAccount> waiting(ApprovalId approvalId) {
        return vault.get(approvalId, BankAccount.class);
    }

    /**
     * Does with a waiting account what the log says was decided: it becomes the store's, or is
     * forgotten. Doing it again changes nothing.
     */
    public void settle(RecordedEvent decided) {
        switch (decided.event()) {
            case BankAccountChanged e -> {
                waiting(e.approvalId())
                        .ifPresent(account ->
                                vault.change(
                                        e.merchantId(),
                                        StoreProfile.class,
                                        profile -> profile.paidTo(account, decided.position())));
                vault.forget(e.approvalId());
            }
            case BankAccountChangeRejected e -> vault.forget(e.approvalId());
            default -> {}
        }
    }
}
