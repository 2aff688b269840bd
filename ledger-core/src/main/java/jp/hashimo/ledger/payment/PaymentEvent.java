package jp.hashimo.ledger.payment;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Hold;
import jp.hashimo.ledger.wallet.SpendingOrder;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletChange;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to one payment, in the order it usually happens. Each changes the
 * payer's wallet.
 */
public sealed interface PaymentEvent extends WalletChange {
    PaymentId paymentId();

    MerchantId merchantId();

    List<Draw> draws();

    /**
     * One side proposes; the points are held, and the lots they will be taken from are chosen.
     *
     * @param storeClass the class the store had at this instant; it stays the payment's for ever
     * @param codeId the one-time code that was scanned, so that it serves once; null when the
     *     citizen scanned the store
     * @param order why these lots
     * @param duplicateWarning whether the same citizen paid the same amount at the same store a
     *     moment ago
     * @param expiresAt the first instant at which nobody can confirm any more
     */
    @Event(namespace = "payment", name = "Proposed", version = "1")
    record PaymentProposed(
            @EventTag(key = "payment") PaymentId paymentId,
            @EventTag(key = "wallet") WalletId walletId,
            MerchantId merchantId,
            @Nullable RegisterId registerId,
            StoreClass storeClass,
            ScanMode mode,
            @EventTag(key = "code") @Nullable String codeId,
            Points amount,
            List<Draw> draws,
            SpendingOrder order,
            boolean duplicateWarning,
            Instant proposedAt,
            Instant expiresAt)
            implements PaymentEvent {
        public PaymentProposed {
            draws = List.copyOf(draws);
        }

        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.hold(new Hold(paymentId, merchantId, draws, proposedAt, expiresAt));
        }
    }

    /** The awaited side said OK: the held points are the store's, all of them. */
    @Event(namespace = "payment", name = "Captured", version = "1")
    record PaymentCaptured(
            @EventTag(key = "payment") PaymentId paymentId,
            @EventTag(key = "wallet") WalletId walletId,
            MerchantId merchantId,
            Points amount,
            List<Draw> draws,
            Instant capturedAt)
            implements PaymentEvent {
        public PaymentCaptured {
            draws = List.copyOf(draws);
        }

        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.capture(paymentId);
        }
    }

    /**
     * One side said no. The points are free again, but for those whose lot has ended while they
     * were held.
     *
     * @param lapsed what of the draws could not be given back
     */
    @Event(namespace = "payment", name = "Declined", version = "1")
    record PaymentDeclined(
            @EventTag(key = "payment") PaymentId paymentId,
            @EventTag(key = "wallet") WalletId walletId,
            MerchantId merchantId,
            List<Draw> draws,
            List<Draw> lapsed,
            Side declinedBy,
            Instant declinedAt)
            implements PaymentEvent {
        public PaymentDeclined {
            draws = List.copyOf(draws);
            lapsed = List.copyOf(lapsed);
        }

        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.release(paymentId, lapsed);
        }
    }

    /**
     * Nobody answered in time. The points were free from {@code expiredAt} on, and this records it.
     *
     * @param lapsed what of the draws could not be given back
     */
    @Event(namespace = "payment", name = "Expired", version = "1")
    record PaymentExpired(
            @EventTag(key = "payment") PaymentId paymentId,
            @EventTag(key = "wallet") WalletId walletId,
            MerchantId merchantId,
            List<Draw> draws,
            List<Draw> lapsed,
            Instant expiredAt,
            Instant recordedAt)
            implements PaymentEvent {
        public PaymentExpired {
            draws = List.copyOf(draws);
            lapsed = List.copyOf(lapsed);
        }

        /**
         * The record of a hold whose time is over. What has ended by the time of recording lapses
         * in the same act.
         */
        static PaymentExpired of(Hold hold, WalletId walletId, Instant now) {
            return new PaymentExpired(
                    hold.paymentId(),
                    walletId,
                    hold.merchantId(),
                    hold.draws(),
                    Draw.expiredAt(hold.draws(), now),
                    hold.expiresAt(),
                    now);
        }

        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.release(paymentId, lapsed);
        }
    }
}
