package jp.hashimo.gateway;

import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * One store, or one till of it, in the three forms a citizen can give us.
 *
 * @param merchantId whom the code names
 * @param registerId the till, or null for the store as a whole
 * @param number the form for fingers
 * @param url the form for our app and any camera; signed, so that it proves itself
 * @param emv the form for EMVCo readers; it only claims, and the store is looked up by its number
 * @param kid the key that signed the url
 */
public record StoreCode(
        MerchantId merchantId,
        @Nullable RegisterId registerId,
        StoreNumber number,
        String url,
        String emv,
        int kid) {}
