package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESERVED_FOR;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestClock;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What the clock is still to be heard about. */
class DueProjectionTest {
    private static final String OPEN =
            "SELECT subject FROM due WHERE kind = 'LOTS' AND NOT done ORDER BY subject";

    /** A sale may end at the instant at which its lots do, and what is reserved is issued. */
    @Test
    void lots_issued_after_their_own_end_come_due_although_that_end_was_swept() throws Exception {
        try (var database = TestDatabase.create()) {
            var clock = new TestClock(NOON);
            try (var node = new LedgerNode(database.dataSource(), clock);
                    var projections =
                            new Projections(node.log(), database.dataSource(), LEDGER_ID, CODEC)) {
                projections.start();
                var tables = new ReadTables(database);
                var end = NOON.plus(Duration.ofMinutes(5));
                City.with(aSale().saleUntil(end).expiresAt(end)).asked().forEach(node::does);
                pay(node, reserve(node));
                PurchaseId lastMinute = reserve(node);
                clock.set(end);
                catchUp(projections, node);
                assertThat(tables.texts(OPEN)).containsExactly(HANA.toString());
                database.execute("UPDATE due SET done = true WHERE kind = 'LOTS'");

                pay(node, lastMinute);
                catchUp(projections, node);

                assertThat(tables.texts(OPEN)).containsExactly(HANA.toString());
            }
        }
    }

    private static PurchaseId reserve(LedgerNode node) {
        var purchase = new PurchaseId(UuidCreator.getTimeOrderedEpoch());
        node.does(
                new ReservePurchase(
                        purchase, SALE, HANA, 1_000, Channel.COUNTER, RESERVED_FOR, CLERK));
        return purchase;
    }

    private static void pay(LedgerNode node, PurchaseId purchase) {
        node.does(
                new PayPurchase(
                        purchase,
                        new PayPurchase.Money.Cash("receipt of " + purchase),
                        new PayPurchase.NewIds(
                                new LotId(UuidCreator.getTimeOrderedEpoch()),
                                new LotId(UuidCreator.getTimeOrderedEpoch()),
                                new TaskId(UuidCreator.getTimeOrderedEpoch()))));
    }

    private static void catchUp(Projections projections, LedgerNode node) throws Exception {
        assertThat(projections.awaitAll(node.log().head(), Duration.ofMinutes(1))).isTrue();
    }
}
