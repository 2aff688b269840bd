package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.AOI;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.PurchaseRejection.InvalidUnit;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseCapExceeded;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleClosed;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.SaleTerms;
import jp.hashimo.ledger.testing.Step;
import jp.hashimo.ledger.testing.Stories;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Laws of cap and budget, counted here from the facts alone: a second way to the same numbers as
 * the decision's own.
 */
class SaleProperties {

    @Provide
    Arbitrary<List<Step>> stories() {
        return Stories.ofTheSale();
    }

    @Property(tries = 200)
    void neither_cap_nor_budget_is_exceeded_at_any_instant(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        for (Step step : story) {
            step.in(city);
            for (CampaignId sale : List.of(City.SALE, City.OTHER_SALE)) {
                var count = new Count(city.log(), sale, city.now());
                assertThat(count.premiumBudget() - count.premium()).isNotNegative();
                for (WalletId wallet : City.RESIDENTS) {
                    assertThat(count.bought(wallet))
                            .isLessThanOrEqualTo(count.terms().capPerPerson().amount());
                }
            }
        }
    }

    @Property(tries = 200)
    void a_buyer_is_refused_only_for_want_of_cap_or_budget_and_told_exactly_what_is_left(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        for (Step step : story) {
            List<LedgerEvent> before = city.log();
            var answer = step.in(city);
            if (answer.isPresent()
                    && city.asked().getLast() instanceof ReservePurchase asked
                    && !step.name().startsWith("wait")) {
                var count = new Count(before, asked.campaignId(), city.now());
                assertThat(answer.get().decision().getClass().getSimpleName())
                        .describedAs("%s at %s after %s", asked, city.now(), before)
                        .isEqualTo(count.refusal(asked) == null ? "Accepted" : "Rejected");
                if (answer.get().decision() instanceof Decision.Rejected<?>(var reason)) {
                    assertThat(reason).isEqualTo(count.refusal(asked));
                }
            }
        }
    }

    /** Whoever comes while a unit is left gets it, so that no yen stays unsold. */
    @Property(tries = 200)
    void a_sale_is_sold_to_the_last_unit_somebody_wanted(
            @ForAll @IntRange(min = 1, max = 20) int units,
            @ForAll @Size(min = 20, max = 60) List<@From("buyers") WalletId> buyers,
            @ForAll @Size(20) List<@IntRange(min = 1, max = 6) Integer> wishes) {
        City city =
                City.with(SaleTerms.aSale().premiumBudget(300L * units).cap(20_000)).at(City.NOON);
        for (int i = 0; i < wishes.size(); i++) {
            WalletId buyer = buyers.get(i);
            // Refused once, a buyer asks for a unit less, until nothing is left to ask for.
            for (int wish = wishes.get(i); wish > 0; wish--) {
                if (city.reserve(buyer, wish * 1_000L).isAccepted()) {
                    break;
                }
            }
        }
        // Three caps of twenty are more than any of these budgets, so that somebody wants the rest.
        for (WalletId buyer : City.RESIDENTS) {
            for (int i = 0; i < 20; i++) {
                city.reserve(buyer, 1_000);
            }
        }
        assertThat(new Count(city.log(), City.SALE, city.now()).premium()).isEqualTo(300L * units);
    }

    @Provide
    Arbitrary<WalletId> buyers() {
        return Arbitraries.of(HANA, KEN, AOI);
    }

    @Property(tries = 200)
    void however_a_purchase_is_split_it_gets_the_same_premium(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 10) Integer> parts) {
        var split = new ArrayList<Integer>();
        int open = 10;
        for (int part : parts) {
            split.add(Math.min(part, open));
            open -= split.getLast();
        }
        split.add(open);
        City city = City.atNoon();
        split.stream().filter(units -> units > 0).forEach(u -> city.buys(HANA, u * 1_000L));
        assertThat(city.available(HANA)).isEqualTo(new Points(13_000));
    }

    @Property(tries = 200)
    void no_payment_reference_and_no_purchase_is_issued_twice(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        story.forEach(step -> step.in(city));
        List<VoucherIssued> issued = of(VoucherIssued.class, city.log()).toList();
        assertThat(issued).extracting(VoucherIssued::purchaseId).doesNotHaveDuplicates();
        assertThat(issued).extracting(VoucherIssued::paymentReference).doesNotHaveDuplicates();
        assertThat(issued)
                .allSatisfy(e -> {
                    assertThat(e.lots()).hasSize(2);
                    assertThat(e.lots().getFirst().face().amount()).isEqualTo(e.amount().amount());
                    assertThat(e.lots().getLast().face()).isEqualTo(e.premium());
                });
    }

    /** A sale counted from the facts, at an instant. */
    private record Count(List<LedgerEvent> log, CampaignId sale, Instant now) {
        CampaignTerms terms() {
            return of(CampaignDrafted.class, log)
                    .filter(e -> e.campaignId().equals(sale))
                    .findFirst()
                    .orElseThrow()
                    .terms();
        }

        long premiumBudget() {
            return of(BudgetRaised.class, log)
                    .filter(e -> e.campaignId().equals(sale))
                    .mapToLong(e -> e.premiumBudget().amount())
                    .reduce(terms().premiumBudget().amount(), (_, last) -> last);
        }

        /** Reservations that were issued, or may be still. */
        private Stream<PurchaseReserved> counting() {
            return of(PurchaseReserved.class, log)
                    .filter(r -> r.campaignId().equals(sale))
                    .filter(r -> isIssued(r) || (now.isBefore(r.reservedUntil()) && !hasEnded(r)));
        }

        private boolean isIssued(PurchaseReserved r) {
            return of(VoucherIssued.class, log)
                    .anyMatch(e -> e.purchaseId().equals(r.purchaseId()));
        }

        private boolean hasEnded(PurchaseReserved r) {
            return of(ReservationCancelled.class, log)
                            .anyMatch(e -> e.purchaseId().equals(r.purchaseId()))
                    || of(ReservationLapsed.class, log)
                            .anyMatch(e -> e.purchaseId().equals(r.purchaseId()));
        }

        long premium() {
            return counting().mapToLong(r -> r.premium().amount()).sum();
        }

        long bought(WalletId wallet) {
            return counting()
                    .filter(r -> r.walletId().equals(wallet))
                    .mapToLong(r -> r.amount().amount())
                    .sum();
        }

        /** Why this buyer must be refused; null if he must be served. */
        @Nullable PurchaseRejection refusal(ReservePurchase asked) {
            CampaignTerms terms = terms();
            long cap = terms.capPerPerson().amount();
            long underCap = cap - bought(asked.walletId());
            long left = premiumBudget() - premium();
            long wanted = asked.amount() / terms.unit().amount() * terms.premiumPerUnit().amount();
            if (!now.isBefore(terms.saleUntil())) {
                return new SaleClosed(terms.saleUntil());
            } else if (asked.amount() > cap) {
                return new InvalidUnit(terms.unit(), terms.unit(), terms.capPerPerson());
            } else if (asked.amount() > underCap) {
                return new PurchaseCapExceeded(
                        new Yen(cap), new Yen(cap - underCap), new Yen(underCap));
            } else if (wanted > left) {
                return new BudgetExhausted(left / terms.premiumPerUnit().amount());
            }
            return null;
        }
    }

    private static <E> Stream<E> of(Class<E> type, List<LedgerEvent> log) {
        return log.stream().filter(type::isInstance).map(type::cast);
    }
}
