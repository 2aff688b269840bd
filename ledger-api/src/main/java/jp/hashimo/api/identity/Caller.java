package jp.hashimo.api.identity;

import java.util.Set;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has signed in.
 *
 * @param walletId the caller's own wallet, if a citizen
 * @param merchantId the caller's own store, if store staff
 * @param department the caller's department, if a department clerk
 */
public record Caller(
        UserId userId,
        Set<Role> roles,
        @Nullable CitizenId citizenId,
        @Nullable WalletId walletId,
        @Nullable MerchantId merchantId,
        @Nullable String department) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public boolean isAny(Role... wanted) {
        for (Role role : wanted) {
            if (is(role)) {
                return true;
            }
        }
        return false;
    }

    public boolean owns(WalletId wallet) {
        return wallet.equals(walletId);
    }

    public boolean keeps(MerchantId store) {
        return store.equals(merchantId);
    }
}
