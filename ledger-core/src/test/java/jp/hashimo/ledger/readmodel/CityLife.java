package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.HANA;
import static jp.hashimo.ledger.testing.City.KEN;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.OTHER_SALE;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.SECOND_MANAGER;
import static jp.hashimo.ledger.testing.City.SUPERMARKET;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;

import java.time.Duration;
import java.util.Random;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.JudgeBudgetRaise;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.BankAccountChange;
import jp.hashimo.ledger.merchant.ChangeStore.Change;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.Stories;
import jp.hashimo.ledger.wallet.ChangeDevices;
import net.jqwik.api.sessions.JqwikSession;

/**
 * The life of a small city in which everything happens at least once: what its people do is random,
 * and always the same for the same seed; what its staff do stands around it.
 */
final class CityLife {
    private static final int STORIES = 3;
    private static final int LARGEST = 1_000;

    private final City city = Stories.city();

    private CityLife() {}

    static City of(long seed) {
        var life = new CityLife();
        JqwikSession.run(() -> life.happen(new Random(seed)));
        return life.city;
    }

    private void happen(Random random) {
        var stories = Stories.ofTheCity().generator(LARGEST);
        beforeTheDoorsOpen();
        everyEndingOnce();
        for (int i = 0; i < STORIES; i++) {
            stories.next(random).value().forEach(step -> step.in(city));
            staffAtWork();
        }
        lotsEnd();
        nextSale();
    }

    private void beforeTheDoorsOpen() {
        for (MerchantId store : City.STORES) {
            city.changeStore(store, new Change.OpenRegister(new RegisterId(city.newId()), "レジ1"));
            var operator = new Change.AddOperator(new UserId(city.newId()));
            city.changeStore(store, operator);
            city.changeStore(store, operator);
        }
        for (WalletId wallet : City.RESIDENTS) {
            enrol(wallet);
        }
    }

    private DeviceId enrol(WalletId wallet) {
        var device = new DeviceId(city.newId());
        city.does(
                new ChangeDevices(
                        wallet, new ChangeDevices.Change.Enrol(device, "ES256", "key " + device)));
        return device;
    }

    /** What random people might not happen to do. */
    private void everyEndingOnce() {
        city.buys(HANA, 2_000);
        city.pays(HANA, GREENGROCER, 100);
        city.decline(city.proposed(HANA, SUPERMARKET, 100), City.citizen(HANA));
        PaymentId unanswered = city.proposed(HANA, SUPERMARKET, 100);
        city.cancelReservation(city.reserved(KEN, 1_000), CLERK);
        var late = city.reserved(KEN, 1_000, Channel.CARD);
        city.after(City.RESERVED_FOR);
        city.expire(unanswered);
        city.payByProvider(late, "too late", 1_000);
    }

    /** An afternoon in the city hall: one thing is agreed to, another is not. */
    private void staffAtWork() {
        for (boolean agrees : new boolean[] {true, false}) {
            raise(agrees);
            changeBankAccount(agrees);
        }
        city.does(new SteerCampaign(SALE, new SteerCampaign.Move.Suspend(), MANAGER));
        city.does(new SteerCampaign(SALE, new SteerCampaign.Move.Resume(), MANAGER));
        city.does(new SteerCampaign(OTHER_SALE, new SteerCampaign.Move.Suspend(), MANAGER));
        city.does(new SteerCampaign(OTHER_SALE, new SteerCampaign.Move.Resume(), MANAGER));
        city.does(new ChangeDevices(KEN, new ChangeDevices.Change.Revoke(enrol(KEN), CLERK)));
        // Two plans for the same day: the second replaces the first.
        var tomorrow = city.now().plus(Duration.ofDays(1));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.COMMON, tomorrow));
        city.changeStore(GREENGROCER, new Change.Reclassify(StoreClass.LOCAL, tomorrow));
        city.changeStore(SUPERMARKET, new Change.Suspend());
        city.changeStore(SUPERMARKET, new Change.Resume());
    }

    private void lotsEnd() {
        city.after(Duration.ofHours(2));
        City.RESIDENTS.forEach(city::sweep);
    }

    /** One more sale, whose last customers are still at it when the story ends. */
    private void nextSale() {
        var sale = new CampaignId(city.newId());
        city.and(sale, aSale().fiscalYear(2025).saleFrom(city.now()));
        PurchaseId paid = reserved(sale, HANA);
        city.payCash(paid, "the last receipt");
        // A random day may have left the store suspended.
        city.changeStore(GREENGROCER, new Change.Resume());
        city.proposed(HANA, GREENGROCER, 1_200);
        reserved(sale, KEN);
    }

    private PurchaseId reserved(CampaignId sale, WalletId wallet) {
        return city.reserve(sale, wallet, 1_000, Channel.COUNTER)
                .fact(PurchaseReserved.class)
                .purchaseId();
    }

    private void raise(boolean agrees) {
        var approval = new ApprovalId(city.newId());
        var more = new Points(10_000 + 500L * city.log().size());
        city.does(
                new SteerCampaign(
                        OTHER_SALE, new SteerCampaign.Move.RaiseBudget(approval, more), MANAGER));
        city.does(new JudgeBudgetRaise(OTHER_SALE, approval, agrees, SECOND_MANAGER));
    }

    private void changeBankAccount(boolean agrees) {
        var approval = new ApprovalId(city.newId());
        city.does(new BankAccountChange.Propose(GREENGROCER, approval, CLERK));
        city.does(new BankAccountChange.Judge(approval, agrees, MANAGER));
    }
}
