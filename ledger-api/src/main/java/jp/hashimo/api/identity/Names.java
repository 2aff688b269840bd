package jp.hashimo.api.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.Id;
import jp.hashimo.ledger.id.MerchantId;
import org.springframework.stereotype.Component;

/** What people and stores are called, from the vault. */
@Component
public class Names {
    private final Vault vault;

    /**
     * A store's name is on its own door, and every payment shows it: it need not be opened each
     * time.
     */
    private final Map<MerchantId, String> stores = new ConcurrentHashMap<>();

    Names(Vault vault) {
        this.vault = vault;
    }

    /** The store's name; empty if it has none any more. */
    public String of(MerchantId merchantId) {
        String known = stores.get(merchantId);
        if (known != null) {
            return known;
        }
        String name = text(merchantId, "name");
        if (!name.isEmpty()) {
            stores.put(merchantId, name);
        }
        return name;
    }

    /** The resident's name; empty after an erasure. */
    public String of(CitizenId citizenId) {
        return text(citizenId, "displayName");
    }

    private String text(Id subject, String field) {
        return vault.get(subject, Map.class)
                .map(data -> data.get(field))
                .map(Object::toString)
                .orElse("");
    }
}
