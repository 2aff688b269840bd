package jp.hashimo.ledger.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;

/**
 * What one resident holds: the lots with what remains of them, and the holds upon them. What
 * remains includes what is held.
 *
 * <p>Only facts change it; the clock does not. Whether a lot or a hold has ended is asked with the
 * instant, so that the answer is the same whether or not a job has recorded it.
 */
public record Wallet(Map<LotId, Balance> lots, Map<PaymentId, Hold> holds, List<Hold> recent) {
    /**
     * How many of the latest proposals are remembered at most, for the warning against paying
     * twice.
     */
    private static final int REMEMBERED = 8;

    /** How long they are. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    public static final Wallet EMPTY = new Wallet(Map.of(), Map.of(), List.of());

    /** One lot and what remains of it, held points included. */
    public record Balance(Lot lot, Points remaining) {}

    /** What can be spent of one lot now. */
    public record Available(Lot lot, Points amount) {}

    public Wallet {
        lots = Map.copyOf(lots);
        holds = Map.copyOf(holds);
        recent = List.copyOf(recent);
    }

    public Wallet evolve(LedgerEvent event) {
        return event instanceof WalletChange change ? change.applyTo(this) : this;
    }

    // What facts do.

    public Wallet receive(Collection<Lot> issued) {
        var next = new HashMap<>(lots);
        for (Lot lot : issued) {
            if (next.put(lot.lotId(), new Balance(lot, lot.face())) != null) {
                throw new LedgerInvariantBroken("issued twice: " + lot.lotId());
            }
        }
        return new Wallet(next, holds, recent);
    }

    public Wallet hold(Hold hold) {
        var next = new HashMap<>(holds);
        if (next.put(hold.paymentId(), hold) != null) {
            throw new LedgerInvariantBroken("held twice: " + hold.paymentId());
        }
        return new Wallet(lots, next, remember(hold));
    }

    private List<Hold> remember(Hold hold) {
        Instant since = hold.heldAt().minus(REMEMBERED_FOR);
        return Stream.concat(
                        Stream.of(hold), recent.stream().filter(h -> h.heldAt().isAfter(since)))
                .limit(REMEMBERED)
                .toList();
    }

    /** The held points leave the wallet, all of them. */
    public Wallet capture(PaymentId paymentId) {
        Hold hold = held(paymentId);
        return new Wallet(without(lots, hold.draws()), otherThan(paymentId), recent);
    }

    /**
     * The held points are free again, but for those whose lot has ended meanwhile: they lapse with
     * the hold.
     */
    public Wallet release(PaymentId paymentId, List<Draw> lapsed) {
        held(paymentId);
        var forgotten =
                recent.stream().filter(hold -> !hold.paymentId().equals(paymentId)).toList();
        return new Wallet(without(lots, lapsed), otherThan(paymentId), forgotten);
    }

    public Wallet lapse(Draw lapsed) {
        return new Wallet(without(lots, List.of(lapsed)), holds, recent);
    }

    // What can be asked.

    /** Unexpired lots with their unheld points; a hold that has ended no longer counts. */
    public List<Available> availableAt(Instant now) {
        return lots.values().stream()
                .filter(balance -> !balance.lot().isExpiredAt(now))
                .map(balance ->
                        new Available(
                                balance.lot(),
                                balance.remaining().minus(heldOf(balance.lot().lotId(), now))))
                .filter(available -> !available.amount().isZero())
                .toList();
    }

    /** What live holds have set aside of one lot. */
    public Points heldOf(LotId lotId, Instant now) {
        return holds.values().stream()
                .filter(hold -> !hold.hasEndedAt(now))
                .map(hold -> hold.on(lotId))
                .reduce(Points.ZERO, Points::plus);
    }

    /** Holds whose time is over, though nobody has recorded it; what ended first comes first. */
    public List<Hold> endedHolds(Instant now) {
        return holds.values().stream()
                .filter(hold -> hold.hasEndedAt(now))
                .sorted(
                        Comparator.comparing(Hold::expiresAt)
                                .thenComparing(hold -> hold.paymentId().toString()))
                .toList();
    }

    /**
     * What has ended of the lots and is under no hold, recorded or not: what a sweep has to lapse.
     */
    public List<Draw> lapsable(Instant now) {
        return lots.values().stream()
                .filter(balance -> balance.lot().isExpiredAt(now))
                .map(balance ->
                        balance.lot()
                                .draw(
                                        balance.remaining()
                                                .minus(recordedHoldsOn(balance.lot().lotId()))))
                .filter(draw -> !draw.amount().isZero())
                .sorted((a, b) -> a.lotId().toString().compareTo(b.lotId().toString()))
                .toList();
    }

    public Plan plan(StoreClass storeClass, Instant now) {
        return SpendingOrder.CURRENT.plan(availableAt(now), storeClass);
    }

    private Points recordedHoldsOn(LotId lotId) {
        return holds.values().stream()
                .map(hold -> hold.on(lotId))
                .reduce(Points.ZERO, Points::plus);
    }

    private Hold held(PaymentId paymentId) {
        Hold hold = holds.get(paymentId);
        if (hold == null) {
            throw new LedgerInvariantBroken("no hold for " + paymentId);
        }
        return hold;
    }

    private Map<PaymentId, Hold> otherThan(PaymentId paymentId) {
        var next = new HashMap<>(holds);
        next.remove(paymentId);
        return next;
    }

    private static Map<LotId, Balance> without(Map<LotId, Balance> lots, List<Draw> taken) {
        var next = new HashMap<>(lots);
        for (Draw draw : taken) {
            Balance balance = next.get(draw.lotId());
            if (balance == null) {
                throw new LedgerInvariantBroken(
                        "taken of a lot the wallet never had: " + draw.lotId());
            }
            next.put(
                    draw.lotId(),
                    new Balance(balance.lot(), balance.remaining().minus(draw.amount())));
        }
        return next;
    }
}
