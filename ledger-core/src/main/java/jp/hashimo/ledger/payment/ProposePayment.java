package jp.hashimo.ledger.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Present;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.Store;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.merchant.StoreOf;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.PaymentRejection.CodeAlreadyUsed;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.payment.PaymentRejection.InvalidAmount;
import jp.hashimo.ledger.payment.PaymentRejection.StoreNotAccepting;
import jp.hashimo.ledger.wallet.Hold;
import jp.hashimo.ledger.wallet.Plan;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletOf;
import org.jspecify.annotations.Nullable;

/**
 * One side proposes a payment: lots are chosen and held, and the other side is asked. What holds at
 * this instant — expiry, the store's status and class — holds for the payment, however late the OK
 * comes within its time.
 *
 * @param amount what the store asks
 * @param codeId the one-time code of the citizen that was scanned, or null
 * @param holdFor how long the other side has
 */
public record ProposePayment(
        PaymentId paymentId,
        WalletId walletId,
        MerchantId merchantId,
        @Nullable RegisterId registerId,
        ScanMode mode,
        @Nullable String codeId,
        long amount,
        Duration holdFor)
        implements Command<ProposePayment.State, PaymentRejection> {

    /**
     * A second payment of the same amount at the same store within this time is asked about, not
     * refused.
     */
    private static final Duration LOOKS_LIKE_A_DUPLICATE = Duration.ofMinutes(5);

    /** What the decision knows. */
    public record State(Wallet wallet, Store store, boolean codeUsed) {}

    @Override
    public List<Fold<?>> boundary() {
        var folds = new ArrayList<Fold<?>>();
        folds.add(new WalletOf(walletId));
        folds.add(new StoreOf(merchantId));
        folds.add(new PaymentOf(paymentId));
        code().ifPresent(folds::add);
        return folds;
    }

    @Override
    public List<Fold<?>> presumedNew() {
        return boundary().subList(2, boundary().size());
    }

    @Override
    public State state(Folded known) {
        return new State(
                known.of(new WalletOf(walletId)),
                known.of(new StoreOf(merchantId)),
                code().map(known::of).orElse(false));
    }

    private Optional<Present> code() {
        return Optional.ofNullable(codeId).map(id -> Present.of("code", id));
    }

    @Override
    public Decision<PaymentRejection> decide(State state, Instant now) {
        if (!(state.store instanceof Store.Known store) || store.suspended()) {
            return Decision.reject(new StoreNotAccepting(merchantId));
        } else if (state.codeUsed) {
            return Decision.reject(new CodeAlreadyUsed());
        } else if (amount <= 0) {
            return Decision.reject(new InvalidAmount(amount));
        }
        return propose(state.wallet, store.classAt(now), new Points(amount), now);
    }

    private Decision<PaymentRejection> propose(
            Wallet wallet, StoreClass storeClass, Points asked, Instant now) {
        Plan plan = wallet.plan(storeClass, now);
        if (!plan.covers(asked)) {
            return Decision.reject(
                    new InsufficientPoints(plan.usableTotal(), asked, plan.notUsableHere()));
        }
        var facts = new ArrayList<LedgerEvent>();
        // Whoever decides next records the holds that have ended, so that no job stands between a
        // citizen and free points.
        wallet.endedHolds(now).forEach(hold -> facts.add(PaymentExpired.of(hold, walletId, now)));
        facts.add(
                new PaymentProposed(
                        paymentId,
                        walletId,
                        merchantId,
                        registerId,
                        storeClass,
                        mode,
                        codeId,
                        asked,
                        plan.draws(asked),
                        plan.order(),
                        looksLikeAnother(wallet, asked, now),
                        now,
                        now.plus(holdFor)));
        return Decision.accept(facts);
    }

    /**
     * Answered with yes, or still open: a proposal that was declined or ran out is no payment to
     * warn of.
     */
    private boolean looksLikeAnother(Wallet wallet, Points asked, Instant now) {
        var ended = wallet.endedHolds(now);
        return wallet.recent().stream()
                .anyMatch(before -> !ended.contains(before) && looksLike(before, asked, now));
    }

    private boolean looksLike(Hold before, Points asked, Instant now) {
        return before.merchantId().equals(merchantId)
                && before.total().equals(asked)
                && now.isBefore(before.heldAt().plus(LOOKS_LIKE_A_DUPLICATE));
    }
}
