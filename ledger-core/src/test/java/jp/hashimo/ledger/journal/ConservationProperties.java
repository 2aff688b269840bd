package jp.hashimo.ledger.journal;

import static jp.hashimo.ledger.journal.AccountCode.HELD;
import static jp.hashimo.ledger.journal.AccountCode.LAPSED;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_AWARD;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_PREMIUM;
import static jp.hashimo.ledger.journal.AccountCode.LIABILITY_PURCHASED;
import static jp.hashimo.ledger.journal.AccountCode.MERCHANT_PAYABLE;
import static jp.hashimo.ledger.testing.City.RESIDENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.testing.Answer;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.Step;
import jp.hashimo.ledger.testing.Stories;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.LapseLots;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.Wallet.Available;
import jp.hashimo.ledger.wallet.Wallet.Balance;
import jp.hashimo.ledger.wallet.WalletChange;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * No point comes from nowhere or goes nowhere. Wallets, books and the plain count of the facts are
 * three ways to the same numbers.
 */
class ConservationProperties {
    private static final List<AccountCode> OWED_TO_RESIDENTS =
            List.of(LIABILITY_PURCHASED, LIABILITY_PREMIUM, LIABILITY_AWARD);

    @Provide
    Arbitrary<List<Step>> stories() {
        return Stories.ofTheCity();
    }

    @Property(tries = 200)
    void issued_equals_remaining_and_spent_and_lapsed_for_every_lot_at_every_position(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        for (Step step : story) {
            step.in(city);
            var count = Count.of(city.log());
            for (WalletId wallet : RESIDENTS) {
                for (Balance balance : city.wallet(wallet).lots().values()) {
                    LotId lot = balance.lot().lotId();
                    assertThat(count.issued(lot))
                            .isEqualTo(
                                    balance.remaining().amount()
                                            + count.spent(lot)
                                            + count.lapsed(lot));
                }
            }
        }
    }

    @Property(tries = 200)
    void remaining_equals_available_and_held_of_every_living_lot_at_every_instant(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        for (Step step : story) {
            step.in(city);
            for (WalletId id : RESIDENTS) {
                Wallet wallet = city.wallet(id);
                Map<LotId, Long> available = new HashMap<>();
                for (Available a : wallet.availableAt(city.now())) {
                    available.put(a.lot().lotId(), a.amount().amount());
                }
                for (Balance balance : wallet.lots().values()) {
                    LotId lot = balance.lot().lotId();
                    long held = wallet.heldOf(lot, city.now()).amount();
                    if (balance.lot().isExpiredAt(city.now())) {
                        assertThat(available).doesNotContainKey(lot);
                        assertThat(balance.remaining().amount()).isGreaterThanOrEqualTo(held);
                    } else {
                        assertThat(available.getOrDefault(lot, 0L) + held)
                                .isEqualTo(balance.remaining().amount());
                    }
                }
            }
        }
    }

    @Property(tries = 200)
    void the_books_agree_with_the_facts_at_every_position(
            @ForAll @From("stories") List<Step> story) {
        City city = tell(story);
        var books = new Books();
        for (int position = 0; position < city.log().size(); position++) {
            books.post(city.log().get(position));
            var count = Count.of(city.log().subList(0, position + 1));
            assertThat(books.sum()).isZero();
            for (Lot lot : count.lots()) {
                Key of = Key.of(lot);
                assertThat(books.owed(of)).isEqualTo(count.sum(of, count::unheld));
                assertThat(-books.balance(HELD, of)).isEqualTo(count.sum(of, count::held));
                assertThat(-books.balance(MERCHANT_PAYABLE, of))
                        .isEqualTo(count.sum(of, count::spent));
                assertThat(-books.balance(LAPSED, of)).isEqualTo(count.sum(of, count::lapsed));
            }
        }
    }

    @Property(tries = 200)
    void what_the_books_owe_residents_is_what_their_wallets_hold(
            @ForAll @From("stories") List<Step> story) {
        City city = tell(story);
        var books = new Books();
        city.log().forEach(books::post);
        Map<AccountCode, Long> inWallets = new HashMap<>();
        long held = 0;
        for (WalletId id : RESIDENTS) {
            Wallet wallet = city.wallet(id);
            for (Balance balance : wallet.lots().values()) {
                inWallets.merge(
                        liabilityOf(balance.lot()), balance.remaining().amount(), Long::sum);
            }
            for (var hold : wallet.holds().values()) {
                held += hold.total().amount();
                for (Draw draw : hold.draws()) {
                    inWallets.merge(liabilityOf(draw), -draw.amount().amount(), Long::sum);
                }
            }
        }
        for (AccountCode liability : OWED_TO_RESIDENTS) {
            assertThat(-books.balance(liability)).isEqualTo(inWallets.getOrDefault(liability, 0L));
        }
        assertThat(-books.balance(HELD)).isEqualTo(held);
    }

    /** A report as of any instant must not say that residents owe the city points. */
    @Property(tries = 200)
    void read_by_value_date_no_liability_is_ever_a_debit(
            @ForAll @From("stories") List<Step> story) {
        City city = tell(story);
        Stories.runJobs(city.after(Duration.ofDays(1)));
        var postings =
                new ArrayList<>(
                        city.log().stream()
                                .flatMap(e -> Bookkeeping.postingsFor(e).stream())
                                .toList());
        postings.sort(Comparator.comparing(Posting::valueDate));
        var books = new Books();
        for (int i = 0; i < postings.size(); i++) {
            books.post(postings.get(i));
            Instant at = postings.get(i).valueDate();
            boolean last = i + 1 == postings.size() || !postings.get(i + 1).valueDate().equals(at);
            if (last) {
                assertThat(books.debits(OWED_TO_RESIDENTS)).describedAs("as of %s", at).isEmpty();
                assertThat(books.debits(List.of(HELD))).describedAs("as of %s", at).isEmpty();
            }
        }
    }

    @Property(tries = 200)
    void when_all_is_over_everything_issued_was_spent_or_has_lapsed(
            @ForAll @From("stories") List<Step> story) {
        City city = tell(story);
        Stories.runJobs(city.after(Duration.ofDays(1)));
        var count = Count.of(city.log());
        for (Lot lot : count.lots()) {
            assertThat(count.spent(lot.lotId()) + count.lapsed(lot.lotId()))
                    .isEqualTo(lot.face().amount());
        }
    }

    @Property(tries = 200)
    void a_replay_gives_the_state_the_city_lived_through(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        Map<WalletId, Wallet> lived = new HashMap<>();
        for (Step step : story) {
            int position = city.log().size();
            step.in(city);
            for (LedgerEvent event : city.log().subList(position, city.log().size())) {
                if (event instanceof WalletChange change) {
                    Wallet before = lived.getOrDefault(change.walletId(), Wallet.EMPTY);
                    lived.put(change.walletId(), before.evolve(change));
                }
            }
        }
        for (WalletId wallet : RESIDENTS) {
            assertThat(city.wallet(wallet)).isEqualTo(lived.getOrDefault(wallet, Wallet.EMPTY));
        }
        assertThat(tell(story).log()).isEqualTo(city.log());
    }

    @Property(tries = 200)
    void whether_or_not_a_job_has_run_everybody_gets_the_same_answer(
            @ForAll @From("stories") List<Step> story) {
        City lazy = Stories.city();
        City busy = Stories.city();
        for (Step step : story) {
            if (step.name().startsWith("ask again")
                    || step.name().startsWith("record its lapse")
                    || step.name().startsWith("sweep")) {
                continue;
            }
            Optional<Answer> one = step.in(lazy);
            Optional<Answer> other = step.in(busy);
            if (!(lazy.asked().getLast() instanceof ExpirePayment)) {
                assertThat(other.map(ConservationProperties::essence))
                        .isEqualTo(one.map(ConservationProperties::essence));
            }
            Stories.runJobs(busy);
            Stories.runJobs(busy);
            for (WalletId wallet : RESIDENTS) {
                assertThat(busy.available(wallet)).isEqualTo(lazy.available(wallet));
            }
        }
    }

    /** A refusal's reason, or the fact that was asked for, which is the last of its append. */
    private static Object essence(Answer answer) {
        return switch (answer.decision()) {
            case Decision.Rejected<?>(var reason) -> reason;
            case Decision.Accepted<?>(var facts) -> facts.getLast();
        };
    }

    @Property(tries = 200)
    void what_was_done_once_is_not_done_again_whenever_it_is_retried(
            @ForAll @From("stories") List<Step> story) {
        City city = Stories.city();
        var done = new ArrayList<Command<?, ?>>();
        for (Step step : story) {
            step.in(city)
                    .filter(Answer::isAccepted)
                    .map(_ -> city.asked().getLast())
                    .filter(command -> Stories.isRetried(command))
                    .filter(command -> !(command instanceof LapseLots))
                    .ifPresent(done::add);
            int before = city.log().size();
            done.forEach(command -> assertThat(city.does(command).isAccepted()).isFalse());
            assertThat(city.log()).hasSize(before);
        }
    }

    private static City tell(List<Step> story) {
        City city = Stories.city();
        story.forEach(step -> step.in(city));
        return city;
    }

    private static AccountCode liabilityOf(Lot lot) {
        return switch (lot.kind()) {
            case PURCHASED -> LIABILITY_PURCHASED;
            case PREMIUM -> LIABILITY_PREMIUM;
            case AWARD -> LIABILITY_AWARD;
        };
    }

    private static AccountCode liabilityOf(Draw draw) {
        return switch (draw.kind()) {
            case PURCHASED -> LIABILITY_PURCHASED;
            case PREMIUM -> LIABILITY_PREMIUM;
            case AWARD -> LIABILITY_AWARD;
        };
    }

    /** What the books keep apart: the money and the sale it belongs to. */
    private record Key(String fund, String campaign) {
        static Key of(Lot lot) {
            return new Key(lot.fund().code(), String.valueOf(lot.campaignId()));
        }

        static Key of(Posting posting) {
            return new Key(posting.fund().code(), String.valueOf(posting.campaignId()));
        }
    }

    /** Balances by account and key; a debit is positive. */
    private static final class Books {
        private final Map<AccountCode, Map<Key, Long>> balances = new HashMap<>();

        void post(LedgerEvent event) {
            Bookkeeping.postingsFor(event).forEach(this::post);
        }

        void post(Posting posting) {
            add(posting.debit(), Key.of(posting), posting.amount().amount());
            add(posting.credit(), Key.of(posting), -posting.amount().amount());
        }

        private void add(AccountCode account, Key key, long amount) {
            balances.computeIfAbsent(account, _ -> new HashMap<>()).merge(key, amount, Long::sum);
        }

        long balance(AccountCode account, Key key) {
            return balances.getOrDefault(account, Map.of()).getOrDefault(key, 0L);
        }

        long balance(AccountCode account) {
            return balances.getOrDefault(account, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        long owed(Key key) {
            return -OWED_TO_RESIDENTS.stream().mapToLong(account -> balance(account, key)).sum();
        }

        long sum() {
            return balances.keySet().stream().mapToLong(this::balance).sum();
        }

        List<String> debits(List<AccountCode> accounts) {
            return accounts.stream()
                    .flatMap(account ->
                            balances.getOrDefault(account, Map.of()).entrySet().stream()
                                    .filter(entry -> entry.getValue() > 0)
                                    .map(entry -> account + " " + entry))
                    .toList();
        }
    }

    /** Every lot's life, added up from the facts without a wallet. */
    private static final class Count {
        private final Map<LotId, Lot> lots = new HashMap<>();
        private final Map<LotId, Long> spent = new HashMap<>();
        private final Map<LotId, Long> lapsed = new HashMap<>();
        private final Map<PaymentId, List<Draw>> open = new HashMap<>();

        static Count of(List<LedgerEvent> log) {
            var count = new Count();
            log.forEach(count::add);
            return count;
        }

        private void add(LedgerEvent event) {
            switch (event) {
                case VoucherIssued e -> e.lots().forEach(lot -> lots.put(lot.lotId(), lot));
                case LotLapsed e -> add(lapsed, List.of(e.lapsed()));
                case PaymentProposed e -> open.put(e.paymentId(), e.draws());
                case PaymentCaptured e -> {
                    open.remove(e.paymentId());
                    add(spent, e.draws());
                }
                case PaymentDeclined e -> {
                    open.remove(e.paymentId());
                    add(lapsed, e.lapsed());
                }
                case PaymentExpired e -> {
                    open.remove(e.paymentId());
                    add(lapsed, e.lapsed());
                }
                default -> {}
            }
        }

        private static void add(Map<LotId, Long> sums, List<Draw> draws) {
            draws.forEach(draw -> sums.merge(draw.lotId(), draw.amount().amount(), Long::sum));
        }

        List<Lot> lots() {
            return List.copyOf(lots.values());
        }

        long issued(LotId lot) {
            return Objects.requireNonNull(lots.get(lot)).face().amount();
        }

        long spent(LotId lot) {
            return spent.getOrDefault(lot, 0L);
        }

        long lapsed(LotId lot) {
            return lapsed.getOrDefault(lot, 0L);
        }

        long held(LotId lot) {
            return open.values().stream()
                    .flatMap(List::stream)
                    .filter(draw -> draw.lotId().equals(lot))
                    .map(Draw::amount)
                    .reduce(Points.ZERO, Points::plus)
                    .amount();
        }

        long unheld(LotId lot) {
            return issued(lot) - spent(lot) - lapsed(lot) - held(lot);
        }

        long sum(Key key, ToLongFunction<LotId> amount) {
            return lots.values().stream()
                    .filter(lot -> Key.of(lot).equals(key))
                    .mapToLong(lot -> amount.applyAsLong(lot.lotId()))
                    .sum();
        }
    }
}
