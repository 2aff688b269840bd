package jp.hashimo.api.wallet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.Store;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.readmodel.LotAmount;
import jp.hashimo.ledger.wallet.Plan;
import jp.hashimo.ledger.wallet.Wallet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a payment at a store would take, by the payment's own plan. */
@Component
class UsablePoints {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final EventLog log;

    UsablePoints(EventLog log) {
        this.log = log;
    }

    /**
     * What could be paid, and with which lots.
     *
     * @param policy name and version of the order in which lots are spent
     */
    record Usable(Points usable, Points notUsableHere, List<LotAmount> plan, String policy) {}

    /** The plan for an amount, or for all of it; refused as the payment would be. */
    static Usable at(Wallet wallet, Store.Known store, @Nullable Points amount, Instant now) {
        Plan plan = wallet.plan(store.classAt(now), now);
        if (amount != null && !plan.covers(amount)) {
            throw Problem.of(409, "insufficient-points")
                    .with("usable", plan.usableTotal())
                    .with("amount", amount)
                    .with("notUsableHere", plan.notUsableTotal())
                    .with("notUsableLots", LotAmount.of(plan.notUsableHere()));
        }
        return new Usable(
                plan.usableTotal(),
                plan.notUsableTotal(),
                LotAmount.of(amount == null ? plan.usable() : plan.draws(amount)),
                plan.order().name() + "/" + plan.order().version());
    }

    /** A store that takes points now. */
    Store.Known open(MerchantId merchantId) {
        Store store = Store.absent();
        for (RecordedEvent recorded : log.withTag("store-status:" + merchantId)) {
            store = store.evolve(recorded.event());
        }
        return switch (store) {
            case Store.Absent _ -> throw Problem.notFound();
            case Store.Known known when known.suspended() ->
                    throw Problem.of(409, "store-not-accepting");
            case Store.Known known -> known;
        };
    }

    /** Null when all of it is asked about. */
    static @Nullable Points amount(@Nullable String asked) {
        if (asked == null) {
            return null;
        } else if (!asked.matches("-?[0-9]{1,100}")) {
            throw Problem.malformed("/amount");
        }
        var amount = new BigInteger(asked);
        if (amount.signum() <= 0 || amount.compareTo(LARGEST) > 0) {
            throw Problem.of(422, "invalid-amount").with("amount", amount);
        }
        return new Points(amount.longValueExact());
    }
}
