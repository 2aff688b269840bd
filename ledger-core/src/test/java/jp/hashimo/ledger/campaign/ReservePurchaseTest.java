package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.AOI;
import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.CLOSING;
import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.OPENING;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.jst;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.PurchaseRejection.BudgetExhausted;
import jp.hashimo.ledger.campaign.PurchaseRejection.CampaignUnknown;
import jp.hashimo.ledger.campaign.PurchaseRejection.InvalidUnit;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseCapExceeded;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleClosed;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleNotOpen;
import jp.hashimo.ledger.campaign.PurchaseRejection.SaleSuspended;
import jp.hashimo.ledger.campaign.PurchaseRejection.WalletUnknown;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.Fund;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserving is the only step of a purchase that may say no. */
class ReservePurchaseTest {
    private static final InvalidUnit ALLOWED =
            new InvalidUnit(new Yen(1_000), new Yen(1_000), new Yen(10_000));

    // The window.

    @Test
    void a_millisecond_before_the_sale_opens_the_answer_says_when_it_opens() {
        City.with(aSale())
                .at(OPENING.minusMillis(1))
                .reserve(HANA, 1_000)
                .refuses(new SaleNotOpen(jst("2023-10-02T09:00")));
    }

    @Test
    void at_the_instant_the_sale_opens_it_sells() {
        City.with(aSale()).at(OPENING).reserve(HANA, 1_000).leaves(PurchaseReserved.class);
    }

    @Test
    void a_millisecond_before_the_sale_closes_it_sells() {
        City.with(aSale())
                .at(CLOSING.minusMillis(1))
                .reserve(HANA, 1_000)
                .leaves(PurchaseReserved.class);
    }

    @Test
    void at_the_instant_the_sale_closes_it_sells_no_more() {
        City.with(aSale()).at(CLOSING).reserve(HANA, 1_000).refuses(new SaleClosed(CLOSING));
    }

    @Test
    void a_reservation_made_in_the_last_millisecond_is_issued_after_the_sale_has_closed() {
        City city = City.with(aSale()).at(CLOSING.minusMillis(1));
        PurchaseId purchase = city.reserved(HANA, 1_000);
        city.after(Duration.ofMinutes(9)).payCash(purchase, "R1").leaves(VoucherIssued.class);
    }

    @Test
    void a_draft_sells_nothing_even_inside_its_window() {
        City city = City.withoutSale();
        city.does(new DraftCampaign(SALE, aSale().terms(), MANAGER));
        city.at(NOON).reserve(HANA, 1_000).refuses(new SaleNotOpen(OPENING));
    }

    @Test
    void nothing_is_sold_of_a_campaign_nobody_drafted() {
        City.withoutSale().reserve(HANA, 1_000).refuses(new CampaignUnknown(SALE));
    }

    @Test
    void nobody_buys_for_a_wallet_that_does_not_exist() {
        var nobody = new WalletId(new UUID(0, 7));
        City.atNoon().reserve(nobody, 1_000).refuses(new WalletUnknown(nobody));
    }

    @Test
    void a_suspended_sale_says_so_and_sells_again_when_resumed() {
        City city = City.atNoon();
        city.does(new SteerCampaign(SALE, new SteerCampaign.Move.Suspend(), MANAGER));
        city.reserve(HANA, 1_000).refuses(new SaleSuspended());
        city.does(new SteerCampaign(SALE, new SteerCampaign.Move.Resume(), MANAGER));
        city.reserve(HANA, 1_000).leaves(PurchaseReserved.class);
    }

    // The unit.

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                -1,
                -1_000,
                1,
                999,
                1_500,
                9_999,
                10_001,
                11_000,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void what_is_no_number_of_units_within_the_cap_is_refused_with_the_allowed_values(long yen) {
        City.atNoon().reserve(HANA, yen).refuses(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 2_000, 9_000, 10_000})
    void every_number_of_units_within_the_cap_is_reserved_with_its_premium(long yen) {
        var reserved = City.atNoon().reserve(HANA, yen).fact(PurchaseReserved.class);
        assertThat(reserved.amount()).isEqualTo(new Yen(yen));
        assertThat(reserved.premium()).isEqualTo(new Points(yen / 1_000 * 300));
    }

    @Test
    void a_reservation_says_all_that_its_issue_will_need() {
        var reserved = City.atNoon().reserve(HANA, 3_000).fact(PurchaseReserved.class);
        assertThat(reserved)
                .isEqualTo(
                        new PurchaseReserved(
                                reserved.purchaseId(),
                                SALE,
                                HANA,
                                Channel.COUNTER,
                                new Yen(3_000),
                                new Points(900),
                                new Fund("PREMIUM-2023"),
                                EXPIRY,
                                CLERK,
                                NOON,
                                NOON.plus(RESERVED_FOR)));
    }

    // The cap.

    @Test
    void nine_thousand_bought_and_two_thousand_asked_leaves_one_thousand() {
        City city = City.atNoon();
        city.buys(HANA, 9_000);
        city.reserve(HANA, 2_000)
                .refuses(new PurchaseCapExceeded(new Yen(10_000), new Yen(9_000), new Yen(1_000)));
        city.reserve(HANA, 1_000).leaves(PurchaseReserved.class);
    }

    @Test
    void of_two_devices_that_ask_six_thousand_at_once_one_succeeds() {
        City city = City.atNoon();
        city.reserve(HANA, 6_000, Channel.CARD).leaves(PurchaseReserved.class);
        city.reserve(HANA, 6_000, Channel.COUNTER)
                .refuses(new PurchaseCapExceeded(new Yen(10_000), new Yen(6_000), new Yen(4_000)));
    }

    @Test
    void whoever_has_bought_ten_thousand_is_told_that_nothing_is_left() {
        City city = City.atNoon();
        city.buys(HANA, 10_000);
        city.reserve(HANA, 1_000)
                .refuses(new PurchaseCapExceeded(new Yen(10_000), new Yen(10_000), Yen.ZERO));
    }

    @Test
    void the_cap_of_one_resident_is_not_anothers() {
        City city = City.atNoon();
        city.buys(HANA, 10_000);
        city.reserve(KEN, 10_000).leaves(PurchaseReserved.class);
    }

    @Test
    void the_premium_does_not_count_against_the_cap() {
        City city = City.atNoon();
        city.buys(HANA, 8_000);
        city.reserve(HANA, 2_000).leaves(PurchaseReserved.class);
    }

    @Test
    void a_cancelled_reservation_frees_the_cap() {
        City city = City.atNoon();
        city.cancelReservation(city.reserved(HANA, 10_000), CLERK);
        city.reserve(HANA, 10_000).leaves(PurchaseReserved.class);
    }

    @Test
    void ten_purchases_of_one_unit_equal_one_purchase_of_ten() {
        City city = City.atNoon();
        city.buys(HANA, 10_000);
        IntStream.range(0, 10).forEach(_ -> city.buys(KEN, 1_000));
        assertThat(city.available(HANA)).isEqualTo(new Points(13_000));
        assertThat(city.available(KEN)).isEqualTo(new Points(13_000));
    }

    // The budget.

    @Test
    void the_last_unit_of_the_budget_is_sold_and_the_next_buyer_is_told_none_is_left() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        city.buys(HANA, 9_000);
        city.buys(KEN, 1_000);
        city.reserve(AOI, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void with_two_units_left_a_buyer_of_five_is_told_two_are_left_and_a_buyer_of_two_is_served() {
        City city = City.with(aSale().premiumBudget(3_600)).at(NOON);
        city.buys(HANA, 10_000);
        city.reserve(KEN, 5_000).refuses(new BudgetExhausted(2));
        city.reserve(AOI, 2_000).leaves(PurchaseReserved.class);
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void a_budget_that_is_no_whole_number_of_units_keeps_the_rest() {
        City city = City.with(aSale().premiumBudget(899)).at(NOON);
        city.reserve(HANA, 3_000).refuses(new BudgetExhausted(2));
        city.reserve(HANA, 2_000).leaves(PurchaseReserved.class);
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void a_live_reservation_binds_the_budget() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        city.reserved(HANA, 10_000);
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void the_cap_is_told_before_the_budget() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        city.buys(HANA, 10_000);
        city.reserve(HANA, 1_000)
                .refuses(new PurchaseCapExceeded(new Yen(10_000), new Yen(10_000), Yen.ZERO));
    }

    // Reservations that have lapsed, though no job has run.

    @Test
    void a_millisecond_before_its_end_a_reservation_still_binds_cap_and_budget() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        city.reserved(HANA, 10_000);
        city.at(NOON.plus(RESERVED_FOR).minusMillis(1));
        city.reserve(HANA, 1_000)
                .refuses(new PurchaseCapExceeded(new Yen(10_000), new Yen(10_000), Yen.ZERO));
        city.reserve(KEN, 1_000).refuses(new BudgetExhausted(0));
    }

    @Test
    void at_its_end_it_frees_the_budget_and_the_next_buyer_records_it_in_the_same_append() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        PurchaseId lapsed = city.reserved(HANA, 10_000);
        city.at(NOON.plus(RESERVED_FOR));
        var answer =
                city.reserve(KEN, 10_000).leaves(ReservationLapsed.class, PurchaseReserved.class);
        assertThat(answer.fact(ReservationLapsed.class))
                .isEqualTo(
                        new ReservationLapsed(
                                lapsed,
                                SALE,
                                HANA,
                                new Yen(10_000),
                                new Points(3_000),
                                NOON.plus(RESERVED_FOR),
                                city.now()));
    }

    @Test
    void at_its_end_it_frees_the_cap_of_its_own_buyer() {
        City city = City.atNoon();
        city.reserved(HANA, 10_000);
        city.at(NOON.plus(RESERVED_FOR))
                .reserve(HANA, 10_000)
                .leaves(ReservationLapsed.class, PurchaseReserved.class);
    }

    @Test
    void a_lapse_is_recorded_once_however_many_buyers_follow() {
        City city = City.atNoon();
        city.reserved(HANA, 1_000);
        city.reserved(KEN, 1_000);
        city.after(Duration.ofHours(1))
                .reserve(AOI, 1_000)
                .leaves(ReservationLapsed.class, ReservationLapsed.class, PurchaseReserved.class);
        city.reserve(AOI, 1_000).leaves(PurchaseReserved.class);
    }

    @Test
    void what_lapsed_first_is_recorded_first_on_every_node() {
        City city = City.atNoon();
        var lapsing =
                IntStream.range(0, 8)
                        .mapToObj(_ -> city.after(Duration.ofSeconds(1)).reserved(HANA, 1_000))
                        .toList();
        assertThat(city.after(Duration.ofHours(1)).reserve(AOI, 1_000).appended())
                .filteredOn(ReservationLapsed.class::isInstance)
                .extracting(fact -> ((ReservationLapsed) fact).purchaseId())
                .isEqualTo(lapsing);
    }

    @Test
    void a_refused_buyer_records_no_lapse() {
        City city = City.atNoon();
        city.reserved(HANA, 1_000);
        city.after(Duration.ofHours(1)).reserve(AOI, 1_500).refuses(ALLOWED);
    }
}
