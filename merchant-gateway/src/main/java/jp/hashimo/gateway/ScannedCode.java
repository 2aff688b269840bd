package jp.hashimo.gateway;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;

/** What a scanned or typed text turned out to be. Only {@link CodeReader} should make one. */
public sealed interface ScannedCode {
    /**
     * A store's url with a good signature: this store was given this code by us.
     *
     * @param registerId the till, or null for the store as a whole
     * @param kid the key that signed it
     */
    record SignedStoreCode(MerchantId merchantId, @Nullable RegisterId registerId, int kid)
            implements ScannedCode {}

    /**
     * An EMVCo payload with our identifier. Nothing in it is signed: whether the number is a
     * store's and the till is that store's has to be looked up.
     */
    record EmvStoreCode(StoreNumber number, @Nullable RegisterId registerId)
            implements ScannedCode {}

    /** A number typed by hand, with the right check digit; whose it is has to be looked up. */
    record StoreNumberTyped(StoreNumber number) implements ScannedCode {}

    /**
     * A customer's one-time code that we issued.
     *
     * @param validUntil the first instant at which it is no longer good
     * @param nonce names this one code, so that the log can refuse its second use
     */
    record CustomerToken(WalletId walletId, Instant validUntil, UUID nonce) implements ScannedCode {
        /** The code is good up to, but not including, its end. */
        public boolean expiredAt(Instant now) {
            return !now.isBefore(validUntil);
        }
    }

    /** Nothing we act on, and why. */
    record Unreadable(Reason reason) implements ScannedCode {}

    /** Why a text is not a code of ours that we accept. */
    enum Reason {
        /** Another scheme's or another site's code, or no code at all. */
        FOREIGN,
        /** It begins like one of ours and does not go on like one. */
        MALFORMED,
        /** A typed number whose check digit does not fit. */
        MISTYPED,
        /** An EMVCo payload whose checksum does not fit. */
        DAMAGED,
        /** A version of our codes that this service does not know, perhaps a newer one. */
        UNKNOWN_VERSION,
        /** It names a key that does not exist or was withdrawn. */
        UNKNOWN_KEY,
        /** Its signature was not made by us for this content. */
        FORGED
    }

    static ScannedCode unreadable(Reason reason) {
        return new Unreadable(reason);
    }
}
