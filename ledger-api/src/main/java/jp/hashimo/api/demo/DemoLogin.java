package jp.hashimo.api.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.merchant.StoreClass;
import org.jspecify.annotations.Nullable;

/** One of the town's people, with the password everybody may know. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DemoLogin(
        Role role,
        String login,
        String password,
        String displayName,
        @Nullable String citizenId,
        @Nullable String walletId,
        @Nullable String merchantId,
        @Nullable StoreClass storeClass) {}
