package jp.hashimo.ledger.journal;

import static jp.hashimo.ledger.journal.AccountCode.AWARD_COST;
import static jp.hashimo.ledger.journal.AccountCode.HELD;
import static jp.hashimo.ledger.journal.AccountCode.LAPSED;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_AWARD;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_PREMIUM;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_PURCHASED;
import static jp.hashimo.ledger.journal.AccountCode.MERCHANT_PAYABLE;
import static jp.hashimo.ledger.journal.AccountCode.MONEY_TO_RETURN;
import static jp.hashimo.ledger.journal.AccountCode.PREMIUM_COST;
import static jp.hashimo.ledger.journal.AccountCode.PROVIDER_RECEIVABLE;
import static jp.hashimo.ledger.journal.AccountCode.TILL_CASH;
import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.citizen;
import static jp.hashimo.ledger.testing.City.store;
import static jp.hashimo.ledger.testing.Lots.HEALTH;
import static jp.hashimo.ledger.testing.Lots.PROGRAMME;
import static jp.hashimo.ledger.testing.Lots.award;
import static jp.hashimo.ledger.testing.Lots.premium;
import static jp.hashimo.ledger.testing.Lots.purchased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LotFound;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import org.junit.jupiter.api.Test;

/** What each fact does to the books, and the instant it does it at. */
class BookkeepingTest {
    private static final Fund PREMIUM_2023 = Fund.premiumOf(2023);
    private static final Instant ENDS = NOON.plus(HELD_FOR);

    private final City city = City.atNoon();

    // Sale.

    @Test
    void a_purchase_at_the_counter_is_cash_against_what_is_owed_to_the_resident() {
        Answer paid = city.payCash(city.reserved(HANA, 1_000), "R1");
        assertThat(postings(paid))
                .containsExactly(
                        sale(TILL_CASH, LIABILITY_PURCHASED, 1_000, NOON, Fund.CITIZENS),
                        sale(PREMIUM_COST, LIABILITY_PREMIUM, 300, NOON, PREMIUM_2023));
    }

    @Test
    void money_of_a_card_or_a_slip_is_at_the_provider_first() {
        for (Channel channel : List.of(Channel.CARD, Channel.CONVENIENCE)) {
            Answer paid =
                    city.payByProvider(city.reserved(HANA, 1_000, channel), channel.name(), 1_000);
            assertThat(postings(paid).getFirst())
                    .isEqualTo(
                            sale(
                                    PROVIDER_RECEIVABLE,
                                    LIABILITY_PURCHASED,
                                    1_000,
                                    NOON,
                                    Fund.CITIZENS));
        }
    }

    @Test
    void a_providers_late_money_is_owed_back_and_issues_nothing() {
        PurchaseId purchase = city.reserved(HANA, 1_000, Channel.CARD);
        Answer late = city.after(RESERVED_FOR).payByProvider(purchase, "C1", 1_000);
        assertThat(postings(late))
                .containsExactly(
                        sale(
                                PROVIDER_RECEIVABLE,
                                MONEY_TO_RETURN,
                                1_000,
                                NOON.plus(RESERVED_FOR),
                                Fund.CITIZENS));
    }

    @Test
    void reserving_cancelling_and_lapsing_move_no_value() {
        Answer reserved = city.reserve(HANA, 1_000);
        assertThat(postings(reserved)).isEmpty();
        assertThat(postings(city.cancelReservation(city.reserved(HANA, 1_000), CLERK))).isEmpty();
        PurchaseId lapsing = city.reserved(HANA, 1_000);
        assertThat(postings(city.after(RESERVED_FOR).endReservation(lapsing))).isEmpty();
    }

    @Test
    void an_award_costs_its_programme() {
        Lot award = award(3, 500, EXPIRY);
        var issued =
                new VoucherIssued(
                        new PurchaseId(city.newId()),
                        SALE,
                        HANA,
                        Channel.COUNTER,
                        "R1",
                        Yen.ZERO,
                        Points.ZERO,
                        List.of(award),
                        NOON);
        assertThat(Bookkeeping.postingsFor(issued))
                .containsExactly(programme(AWARD_COST, LIABILITY_AWARD, 500, award.issuedAt()));
    }

    // Payment.

    @Test
    void a_proposal_sets_value_aside_lot_by_lot() {
        assertThat(postings(threeKinds().propose(HANA, GREENGROCER, 1_100)))
                .containsExactly(
                        programme(LIABILITY_AWARD, HELD, 500, NOON),
                        sale(LIABILITY_PREMIUM, HELD, 300, NOON, PREMIUM_2023),
                        sale(LIABILITY_PURCHASED, HELD, 300, NOON, Fund.CITIZENS));
    }

    @Test
    void a_capture_owes_the_held_value_to_the_store() {
        PaymentId payment = threeKinds().proposed(HANA, GREENGROCER, 1_100);
        city.after(Duration.ofSeconds(5));
        assertThat(postings(city.confirm(payment, store(GREENGROCER))))
                .containsExactly(
                        programme(HELD, MERCHANT_PAYABLE, 500, city.now()),
                        sale(HELD, MERCHANT_PAYABLE, 300, city.now(), PREMIUM_2023),
                        sale(HELD, MERCHANT_PAYABLE, 300, city.now(), Fund.CITIZENS));
    }

    @Test
    void a_declined_payment_gives_the_value_back() {
        PaymentId payment = threeKinds().proposed(HANA, GREENGROCER, 600);
        city.after(Duration.ofSeconds(5));
        assertThat(postings(city.decline(payment, citizen(HANA))))
                .containsExactly(
                        programme(HELD, LIABILITY_AWARD, 500, city.now()),
                        sale(HELD, LIABILITY_PREMIUM, 100, city.now(), PREMIUM_2023));
    }

    @Test
    void a_payment_nobody_answered_gives_the_value_back_when_its_time_was_over() {
        PaymentId payment = threeKinds().proposed(HANA, GREENGROCER, 500);
        assertThat(postings(city.at(ENDS.plusSeconds(99)).expire(payment)))
                .containsExactly(programme(HELD, LIABILITY_AWARD, 500, ENDS));
    }

    // Lapse.

    @Test
    void a_lapse_carries_the_instant_the_lot_ended_however_late_the_sweep() {
        city.finds(HANA, purchased(1, 1_000));
        assertThat(postings(city.at(EXPIRY.plus(Duration.ofDays(9))).sweep(HANA)))
                .containsExactly(sale(LIABILITY_PURCHASED, LAPSED, 1_000, EXPIRY, Fund.CITIZENS));
    }

    @Test
    void what_ended_under_a_hold_lapses_when_the_hold_ends() {
        city.finds(HANA, award(3, 500, NOON.plusSeconds(60)));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 500);
        assertThat(postings(city.at(ENDS.plusSeconds(99)).expire(payment)))
                .containsExactly(
                        programme(HELD, LIABILITY_AWARD, 500, ENDS),
                        programme(LIABILITY_AWARD, LAPSED, 500, ENDS));
    }

    @Test
    void what_ended_after_a_hold_but_before_its_record_lapses_when_the_lot_ended() {
        Instant later = ENDS.plusSeconds(60);
        city.finds(HANA, award(3, 500, later));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 500);
        assertThat(postings(city.at(later.plusSeconds(99)).expire(payment)))
                .containsExactly(
                        programme(HELD, LIABILITY_AWARD, 500, ENDS),
                        programme(LIABILITY_AWARD, LAPSED, 500, later));
    }

    @Test
    void what_ended_before_a_no_lapses_with_the_no() {
        city.finds(HANA, award(3, 500, NOON.plusSeconds(60)));
        PaymentId payment = city.proposed(HANA, GREENGROCER, 500);
        Instant no = NOON.plusSeconds(90);
        assertThat(postings(city.at(no).decline(payment, citizen(HANA))))
                .containsExactly(
                        programme(HELD, LIABILITY_AWARD, 500, no),
                        programme(LIABILITY_AWARD, LAPSED, 500, no));
    }

    // The books themselves.

    @Test
    void setting_up_a_city_moves_no_value() {
        assertThat(city.log()).isNotEmpty();
        assertThat(city.log()).flatMap(Bookkeeping::postingsFor).isEmpty();
    }

    @Test
    void a_fact_of_a_family_the_books_do_not_know_stops_them() {
        assertThatExceptionOfType(LedgerInvariantBroken.class)
                .isThrownBy(() -> Bookkeeping.postingsFor(new LotFound(HANA, purchased(1, 1))))
                .withMessageContaining(LotFound.class.getName());
    }

    @Test
    void a_posting_moves_something_from_one_account_to_another() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sale(HELD, LAPSED, 0, NOON, Fund.CITIZENS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sale(HELD, HELD, 1, NOON, Fund.CITIZENS));
    }

    @Test
    void every_account_has_a_code_of_four_digits_and_a_title_of_its_own() {
        assertThat(AccountCode.values())
                .extracting(AccountCode::code)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).matches("[1-9][0-9]{3}"));
        assertThat(Arrays.stream(AccountCode.values()).map(AccountCode::title))
                .doesNotHaveDuplicates();
    }

    private City threeKinds() {
        return city.finds(HANA, purchased(1, 1_000))
                .finds(HANA, premium(2, 300))
                .finds(HANA, award(3, 500, EXPIRY.minus(Duration.ofDays(30))));
    }

    private static List<Posting> postings(Answer answer) {
        assertThat(answer.isAccepted()).isTrue();
        return answer.appended().stream()
                .flatMap(event -> Bookkeeping.postingsFor(event).stream())
                .toList();
    }

    private static Posting sale(
            AccountCode debit, AccountCode credit, long yen, Instant valueDate, Fund fund) {
        return new Posting(debit, credit, new Yen(yen), valueDate, fund, SALE, null);
    }

    private static Posting programme(
            AccountCode debit, AccountCode credit, long yen, Instant valueDate) {
        return new Posting(debit, credit, new Yen(yen), valueDate, HEALTH, null, PROGRAMME);
    }
}
