package jp.hashimo.ledger.campaign;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.PurchaseRejection.NotForYou;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentAmountDiffers;
import jp.hashimo.ledger.campaign.PurchaseRejection.PaymentReferenceUsed;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotFound;
import jp.hashimo.ledger.campaign.PurchaseRejection.PurchaseNotReserved;
import jp.hashimo.ledger.campaign.PurchaseRejection.ReservationHasLapsed;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import org.junit.jupiter.api.Test;

/** Money becomes points, at most once, and never too late. */
class PayPurchaseTest {
    private static final Instant LAPSES = NOON.plus(RESERVED_FOR);

    @Test
    void paying_issues_what_was_bought_and_its_premium_in_one_act() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        var issued =
                city.after(Duration.ofMinutes(1))
                        .payCash(purchase, "R1")
                        .leaves(VoucherIssued.class)
                        .fact(VoucherIssued.class);
        assertThat(issued.paymentReference()).isEqualTo("R1");
        assertThat(issued.lots())
                .containsExactly(
                        new Lot(
                                issued.lots().get(0).lotId(),
                                LotKind.PURCHASED,
                                Scope.ALL,
                                Fund.CITIZENS,
                                new Points(3_000),
                                city.now(),
                                EXPIRY,
                                SALE,
                                null),
                        new Lot(
                                issued.lots().get(1).lotId(),
                                LotKind.PREMIUM,
                                Scope.LOCAL,
                                Fund.premiumOf(2023),
                                new Points(900),
                                city.now(),
                                EXPIRY,
                                SALE,
                                null));
        assertThat(city.available(HANA)).isEqualTo(new Points(3_900));
    }

    @Test
    void a_provider_that_reports_in_time_issues_too() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.at(LAPSES.minusMillis(1))
                .payByProvider(purchase, "C1", 3_000)
                .leaves(VoucherIssued.class);
    }

    @Test
    void a_live_reservation_is_issued_though_the_sale_was_suspended_meanwhile() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.does(new SteerCampaign(SALE, new SteerCampaign.Move.Suspend(), MANAGER));
        city.payCash(purchase, "R1").leaves(VoucherIssued.class);
    }

    @Test
    void a_live_reservation_is_issued_though_the_budget_is_all_reserved() {
        City city = City.with(aSale().premiumBudget(6_000)).at(NOON);
        PurchaseId hanas = city.reserved(HANA, 10_000);
        PurchaseId kens = city.reserved(KEN, 10_000);
        city.payCash(hanas, "R1").leaves(VoucherIssued.class);
        city.payCash(kens, "R2").leaves(VoucherIssued.class);
    }

    // Too late.

    @Test
    void a_clerk_who_reports_at_the_instant_of_the_lapse_is_refused_and_nothing_is_recorded() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.at(LAPSES).payCash(purchase, "R1").refuses(new ReservationHasLapsed(purchase, LAPSES));
    }

    @Test
    void a_clerk_is_refused_in_the_same_words_after_the_lapse_was_recorded() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.at(LAPSES.plusSeconds(9)).endReservation(purchase);
        city.payCash(purchase, "R1").refuses(new ReservationHasLapsed(purchase, LAPSES));
    }

    @Test
    void a_clerk_who_reports_a_millisecond_before_the_lapse_is_in_time() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.at(LAPSES.minusMillis(1)).payCash(purchase, "R1").leaves(VoucherIssued.class);
    }

    @Test
    void a_providers_late_money_is_accepted_and_owed_back_and_the_lapse_recorded_with_it() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CONVENIENCE);
        var answer =
                city.at(LAPSES)
                        .payByProvider(purchase, "C1", 3_000)
                        .leaves(ReservationLapsed.class, MoneyToReturn.class);
        var owed = answer.fact(MoneyToReturn.class);
        assertThat(owed)
                .isEqualTo(
                        new MoneyToReturn(
                                purchase,
                                SALE,
                                owed.taskId(),
                                Channel.CONVENIENCE,
                                "C1",
                                new Yen(3_000),
                                LAPSES));
        assertThat(city.available(HANA)).isEqualTo(Points.ZERO);
    }

    @Test
    void a_lapse_that_somebody_has_recorded_is_not_recorded_again_by_late_money() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.at(LAPSES).reserve(KEN, 1_000);
        city.payByProvider(purchase, "C1", 3_000).leaves(MoneyToReturn.class);
    }

    @Test
    void late_money_leaves_cap_and_budget_free() {
        City city = City.with(aSale().premiumBudget(3_000)).at(NOON);
        PurchaseId purchase = city.reserved(HANA, 10_000, Channel.CARD);
        city.at(LAPSES).payByProvider(purchase, "C1", 10_000);
        city.reserve(HANA, 10_000).leaves(PurchaseReserved.class);
    }

    @Test
    void money_for_a_cancelled_reservation_is_owed_back() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.cancelReservation(purchase, CLERK);
        city.payByProvider(purchase, "C1", 3_000).leaves(MoneyToReturn.class);
    }

    @Test
    void cash_for_a_cancelled_reservation_is_handed_back() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.cancelReservation(purchase, CLERK);
        city.payCash(purchase, "R1").refuses(new PurchaseNotReserved(purchase, "CANCELLED"));
    }

    // Twice.

    @Test
    void the_same_money_reported_twice_issues_once() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.payByProvider(purchase, "C1", 3_000).leaves(VoucherIssued.class);
        city.payByProvider(purchase, "C1", 3_000).refuses(new PaymentReferenceUsed("C1"));
        assertThat(city.available(HANA)).isEqualTo(new Points(3_900));
    }

    @Test
    void a_card_that_was_charged_twice_issues_once_and_the_second_money_is_owed_back() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.payByProvider(purchase, "C1", 3_000).leaves(VoucherIssued.class);
        city.payByProvider(purchase, "C2", 3_000).leaves(MoneyToReturn.class);
        city.payByProvider(purchase, "C2", 3_000).refuses(new PaymentReferenceUsed("C2"));
        assertThat(city.available(HANA)).isEqualTo(new Points(3_900));
    }

    @Test
    void a_second_receipt_for_an_issued_purchase_is_refused() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000);
        city.payCash(purchase, "R1").leaves(VoucherIssued.class);
        city.payCash(purchase, "R2").refuses(new PurchaseNotReserved(purchase, "ISSUED"));
    }

    @Test
    void a_payment_reference_pays_one_purchase_only() {
        City city = City.atNoon();
        city.payCash(city.reserved(HANA, 3_000), "R1").leaves(VoucherIssued.class);
        city.payCash(city.reserved(KEN, 3_000), "R1").refuses(new PaymentReferenceUsed("R1"));
        assertThat(city.available(KEN)).isEqualTo(Points.ZERO);
    }

    @Test
    void a_reference_of_money_to_return_pays_nothing_any_more() {
        City city = City.atNoon();
        PurchaseId late = city.reserved(HANA, 3_000, Channel.CARD);
        city.at(LAPSES)
                .payByProvider(late, "C1", 3_000)
                .leaves(ReservationLapsed.class, MoneyToReturn.class);
        city.payByProvider(city.reserved(HANA, 3_000, Channel.CARD), "C1", 3_000)
                .refuses(new PaymentReferenceUsed("C1"));
    }

    // Wrong.

    @Test
    void another_amount_than_was_reserved_is_refused_with_both_numbers() {
        City city = City.atNoon();
        PurchaseId purchase = city.reserved(HANA, 3_000, Channel.CARD);
        city.payByProvider(purchase, "C1", 2_999)
                .refuses(new PaymentAmountDiffers(new Yen(3_000), new Yen(2_999)));
        city.payByProvider(purchase, "C1", -1)
                .refuses(new PaymentAmountDiffers(new Yen(3_000), Yen.ZERO));
    }

    @Test
    void a_clerk_does_not_speak_for_the_card_nor_the_provider_for_the_till() {
        City city = City.atNoon();
        PurchaseId byCard = city.reserved(HANA, 3_000, Channel.CARD);
        PurchaseId atCounter = city.reserved(HANA, 3_000);
        city.payCash(byCard, "R1").refuses(new NotForYou(byCard));
        city.payByProvider(atCounter, "C1", 3_000).refuses(new NotForYou(atCounter));
    }

    @Test
    void money_for_a_purchase_nobody_reserved_is_refused() {
        var unknown = new PurchaseId(new UUID(0, 9));
        City.atNoon().payByProvider(unknown, "C1", 3_000).refuses(new PurchaseNotFound(unknown));
    }

    @Test
    void both_lots_belong_to_the_sale_and_have_names_of_their_own() {
        List<Lot> lots = City.atNoon().buys(HANA, 1_000).lots();
        assertThat(lots).extracting(Lot::lotId).doesNotHaveDuplicates();
        assertThat(lots).extracting(Lot::campaignId).containsOnly(SALE);
    }
}
