package jp.hashimo.ledger.eventstore;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.HELD_FOR;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestClock;
import jp.hashimo.ledger.testing.TestDatabase;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletOf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The state of a wallet with a long history is kept beside the log, and is never more than a help.
 */
class KeptStatesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock(NOON);
    private TestDatabase database;
    private LedgerNode node;

    @BeforeEach
    void aWalletWithALongHistory() {
        database = TestDatabase.create();
        node = new LedgerNode(database.dataSource(), clock);
        City.with(aSale()).asked().forEach(node::does);
        buy(5_000);
        for (int i = 0; i <= Workings.KEEP_EVERY; i++) {
            pay(10);
        }
        awaitKept();
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void it_is_what_the_whole_history_folds_to() {
        try (LedgerNode fresh = new LedgerNode(database.dataSource(), clock)) {
            assertThat(fresh.ledger().know(new WalletOf(HANA))).isEqualTo(folded());
        }
    }

    @Test
    void what_came_after_it_counts_too() {
        pay(30);

        try (LedgerNode fresh = new LedgerNode(database.dataSource(), clock)) {
            assertThat(fresh.ledger().know(new WalletOf(HANA))).isEqualTo(folded());
        }
    }

    @Test
    void only_what_came_after_it_is_read() {
        pay(30);
        long later = factsAfterIt();

        try (LedgerNode fresh = new LedgerNode(database.dataSource(), clock)) {
            fresh.ledger().know(new WalletOf(HANA));
            assertThat(fresh.meters().factsFromLog())
                    .isEqualTo(later)
                    .isBetween(1L, (long) Workings.KEEP_EVERY);
        }
    }

    @Test
    void the_state_of_another_log_counts_for_nothing() {
        database.execute("UPDATE fold_state SET state = '{}', event_id = gen_random_uuid()");

        try (LedgerNode fresh = new LedgerNode(database.dataSource(), clock)) {
            assertThat(fresh.ledger().know(new WalletOf(HANA))).isEqualTo(folded());
        }
    }

    /** Its id it has from its request, which may have been lost and sent again. */
    @Test
    void the_state_of_a_lost_event_counts_for_nothing_if_another_of_its_id_stands_there() {
        database.execute(
                "UPDATE fold_state SET state = '{}', event_at = event_at - interval '1 microsecond'");

        try (LedgerNode fresh = new LedgerNode(database.dataSource(), clock)) {
            assertThat(fresh.ledger().know(new WalletOf(HANA))).isEqualTo(folded());
        }
    }

    @Test
    void a_later_position_is_never_replaced_by_an_earlier_one() {
        database.execute("UPDATE fold_state SET position = position + 1000000");
        for (int i = 0; i <= Workings.KEEP_EVERY; i++) {
            pay(10);
        }

        assertThat(database.ask("SELECT min(position) FROM fold_state")).isGreaterThan(1_000_000);
    }

    private void buy(long yen) {
        var reserve =
                new ReservePurchase(
                        new PurchaseId(UuidCreator.getTimeOrderedEpoch()),
                        SALE,
                        HANA,
                        yen,
                        Channel.COUNTER,
                        RESERVED_FOR,
                        CLERK);
        node.does(reserve);
        node.does(
                new PayPurchase(
                        reserve.purchaseId(),
                        new PayPurchase.Money.Cash("receipt"),
                        new PayPurchase.NewIds(
                                new LotId(UuidCreator.getTimeOrderedEpoch()),
                                new LotId(UuidCreator.getTimeOrderedEpoch()),
                                new TaskId(UuidCreator.getTimeOrderedEpoch()))));
    }

    private void pay(long points) {
        var proposal =
                new ProposePayment(
                        new PaymentId(UuidCreator.getTimeOrderedEpoch()),
                        HANA,
                        GREENGROCER,
                        null,
                        ScanMode.USER_SCAN,
                        null,
                        points,
                        HELD_FOR);
        node.does(proposal);
        node.does(
                new AnswerPayment(
                        proposal.paymentId(),
                        AnswerPayment.Answer.CONFIRM,
                        new Party.Shop(GREENGROCER)));
    }

    private Wallet folded() {
        var fold = new WalletOf(HANA);
        Wallet wallet = fold.initial();
        for (RecordedEvent recorded : node.log().withTag("wallet:" + HANA)) {
            wallet = fold.evolve(wallet, recorded.event());
        }
        return wallet;
    }

    private void awaitKept() {
        Instant end = Clock.systemUTC().instant().plus(PATIENCE);
        while (factsAfterIt() > Workings.KEEP_EVERY) {
            assertThat(Clock.systemUTC().instant()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Facts of the wallet that are not in its kept state: all of them while there is none. */
    private long factsAfterIt() {
        return database.ask(
                "SELECT count(*) FROM event_tag WHERE tag = ledger_tag_key('wallet:%s')"
                                .formatted(HANA)
                        + " AND position > coalesce((SELECT max(position) FROM fold_state), 0)");
    }
}
