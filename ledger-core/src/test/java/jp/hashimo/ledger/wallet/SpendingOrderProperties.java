package jp.hashimo.ledger.wallet;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.Lots.lot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Wallet.Available;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Laws of the order in which lots are spent. */
class SpendingOrderProperties {

    /** One later payment of a sequence. */
    record Purchase(StoreClass store, int amount) {}

    @Provide
    Arbitrary<List<Available>> lots() {
        return lots(50, Arbitraries.integers().between(1, 3))
                .list()
                .ofMaxSize(6)
                .map(this::named)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<List<Available>> fewLotsOfOneExpiry() {
        return lots(3, Arbitraries.just(1))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(this::named)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Purchase> purchases() {
        return Combinators.combine(
                        Arbitraries.of(StoreClass.class), Arbitraries.integers().between(1, 5))
                .as(Purchase::new);
    }

    private static Arbitrary<Lot> lots(int most, Arbitrary<Integer> expiries) {
        return Combinators.combine(
                        Arbitraries.of(LotKind.class),
                        Arbitraries.of(Scope.class),
                        Arbitraries.longs().between(1, most),
                        Arbitraries.integers().between(0, 2),
                        expiries)
                .as((kind, scope, points, issued, ends) ->
                        lot(0, kind, scope, points, NOON.minusSeconds(issued), endingOnDay(ends)));
    }

    private static Instant endingOnDay(int day) {
        return EXPIRY.plus(Duration.ofDays(day));
    }

    private List<Available> named(List<Lot> lots) {
        var named = new ArrayList<Available>();
        for (Lot lot : lots) {
            Lot own =
                    lot(
                            named.size() + 1,
                            lot.kind(),
                            lot.scope(),
                            lot.face().amount(),
                            lot.issuedAt(),
                            lot.expiresAt());
            named.add(new Available(own, own.face()));
        }
        return named;
    }

    @Property
    void draws_add_up_to_exactly_the_amount_or_nothing_is_drawn(
            @ForAll @From("lots") List<Available> lots,
            @ForAll StoreClass store,
            @ForAll @LongRange(min = 1, max = 320) long amount) {
        Plan plan = SpendingOrder.CURRENT.plan(lots, store);
        Points asked = new Points(amount);
        if (plan.covers(asked)) {
            List<Draw> draws = plan.draws(asked);
            assertThat(Draw.total(draws)).isEqualTo(asked);
            assertThat(draws).allMatch(draw -> draw.amount().amount() > 0);
        } else {
            assertThat(plan.usableTotal().amount()).isLessThan(amount);
        }
    }

    @Property
    void draws_follow_the_order_and_only_the_last_may_be_in_part(
            @ForAll @From("lots") List<Available> lots,
            @ForAll StoreClass store,
            @ForAll @LongRange(min = 1, max = 320) long amount) {
        Plan plan = SpendingOrder.CURRENT.plan(lots, store);
        if (!plan.covers(new Points(amount))) {
            return;
        }
        List<Draw> draws = plan.draws(new Points(amount));
        List<Draw> first = plan.usable().subList(0, draws.size());
        assertThat(draws.subList(0, draws.size() - 1))
                .isEqualTo(first.subList(0, draws.size() - 1));
        assertThat(draws.getLast().lotId()).isEqualTo(first.getLast().lotId());
        assertThat(first.getLast().amount().covers(draws.getLast().amount())).isTrue();
    }

    @Property
    void a_plan_splits_the_lots_by_scope_and_forgets_none(
            @ForAll @From("lots") List<Available> lots, @ForAll StoreClass store) {
        Plan plan = SpendingOrder.CURRENT.plan(lots, store);
        Map<LotId, Lot> byId = new HashMap<>();
        lots.forEach(available -> byId.put(available.lot().lotId(), available.lot()));
        assertThat(plan.usable().size() + plan.notUsableHere().size()).isEqualTo(lots.size());
        assertThat(plan.usable()).allMatch(draw -> store.takes(scopeOf(draw, byId)));
        assertThat(plan.notUsableHere()).noneMatch(draw -> store.takes(scopeOf(draw, byId)));
    }

    private static Scope scopeOf(Draw draw, Map<LotId, Lot> byId) {
        Lot lot = byId.get(draw.lotId());
        assertThat(lot).isNotNull();
        return lot == null ? Scope.ALL : lot.scope();
    }

    @Property
    void the_order_is_the_same_whatever_order_the_lots_come_in(
            @ForAll @From("lots") List<Available> lots, @ForAll long seed) {
        var shuffled = new ArrayList<>(lots);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(SpendingOrder.CURRENT.plan(shuffled, StoreClass.LOCAL))
                .isEqualTo(SpendingOrder.CURRENT.plan(lots, StoreClass.LOCAL));
    }

    @Property(tries = 1_500)
    void with_one_expiry_it_serves_every_sequence_that_some_choice_of_lots_could_have_served(
            @ForAll @From("fewLotsOfOneExpiry") List<Available> lots,
            @ForAll @Size(min = 1, max = 4) List<@From("purchases") Purchase> sequence) {
        if (someChoiceServes(lots, sequence)) {
            assertThat(theOrderServes(lots, sequence)).isTrue();
        }
    }

    private static boolean theOrderServes(List<Available> lots, List<Purchase> sequence) {
        var left = lots;
        for (Purchase purchase : sequence) {
            Plan plan = SpendingOrder.CURRENT.plan(left, purchase.store());
            Points asked = new Points(purchase.amount());
            if (!plan.covers(asked)) {
                return false;
            }
            for (Draw draw : plan.draws(asked)) {
                left = less(left, draw.lotId(), draw.amount());
            }
        }
        return true;
    }

    /** Tries every way to take every payment of every lot, a point at a time. */
    private static boolean someChoiceServes(List<Available> lots, List<Purchase> sequence) {
        if (sequence.isEmpty()) {
            return true;
        }
        Purchase next = sequence.getFirst();
        List<Purchase> rest = sequence.subList(1, sequence.size());
        return someSplitServes(lots, 0, next, next.amount(), rest);
    }

    private static boolean someSplitServes(
            List<Available> lots, int from, Purchase now, long open, List<Purchase> rest) {
        if (open == 0) {
            return someChoiceServes(lots, rest);
        }
        if (from == lots.size()) {
            return false;
        }
        Available lot = lots.get(from);
        long most = now.store().takes(lot.lot().scope()) ? lot.amount().amount() : 0;
        for (long taken = 0; taken <= Math.min(most, open); taken++) {
            var left = less(lots, lot.lot().lotId(), new Points(taken));
            if (someSplitServes(left, from + 1, now, open - taken, rest)) {
                return true;
            }
        }
        return false;
    }

    private static List<Available> less(List<Available> lots, LotId lotId, Points taken) {
        return lots.stream()
                .map(a ->
                        a.lot().lotId().equals(lotId)
                                ? new Available(a.lot(), a.amount().minus(taken))
                                : a)
                .toList();
    }
}
