package jp.hashimo.ledger.payment;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Draw;

/** The ways a payment can be refused. */
public sealed interface PaymentRejection extends Rejection {

    /** No such store, or the city has suspended it. */
    record StoreNotAccepting(MerchantId merchantId) implements PaymentRejection {}

    /** The one-time code has served. */
    record CodeAlreadyUsed() implements PaymentRejection {}

    record InvalidAmount(long amount) implements PaymentRejection {}

    /**
     * The wallet does not hold enough that this store takes.
     *
     * @param usable what it does hold for this store
     * @param notUsableHere what it holds besides, lot by lot
     */
    record InsufficientPoints(Points usable, Points amount, List<Draw> notUsableHere)
            implements PaymentRejection {}

    record PaymentNotFound(PaymentId paymentId) implements PaymentRejection {}

    /** Another store, or another citizen, than the one who is awaited. */
    record NotYourPayment(PaymentId paymentId) implements PaymentRejection {}

    record PaymentHasExpired(PaymentId paymentId, Instant expiredAt) implements PaymentRejection {}

    /** Somebody has answered already, or, for the clock, there is nothing to record yet. */
    record PaymentNotProposed(PaymentId paymentId, String state) implements PaymentRejection {}
}
