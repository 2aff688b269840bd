package jp.hashimo.ledger.eventstore;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.City.GREENGROCER;
import static jp.hashimo.ledger.testing.City.MANAGER;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.RESIDENTS;
import static jp.hashimo.ledger.testing.City.SALE;
import static jp.hashimo.ledger.testing.City.SECOND_MANAGER;
import static jp.hashimo.ledger.testing.City.STORES;
import static jp.hashimo.ledger.testing.City.SUPERMARKET;
import static jp.hashimo.ledger.testing.SaleTerms.aSale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.wallet.LapseLots;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import jp.hashimo.ledger.wallet.WalletOf;
import org.jspecify.annotations.Nullable;

/** What people want of the town: mostly to pay, often the same few things at the same time. */
final class TownErrands {
    private static final List<Integer> AMOUNTS = List.of(1, 300, 700, 1_300, 2_500, 6_000);

    private final SimulatedTown town;
    private long ids = 1_000_000;
    private int requests;
    private int founded;

    TownErrands(SimulatedTown town) {
        this.town = town;
    }

    // The town before anybody asks.

    /** Three residents with vouchers, two stores, and a small sale. */
    void foundTown(SimulatedLog log, EventCodec codec) {
        List<Command<?, ?>> story = new ArrayList<>();
        RESIDENTS.forEach(wallet -> story.add(register(wallet, "person of " + wallet)));
        story.add(new RegisterMerchant(GREENGROCER, 1, StoreClass.LOCAL));
        story.add(new RegisterMerchant(SUPERMARKET, 2, StoreClass.COMMON));
        story.add(
                new DraftCampaign(
                        SALE,
                        aSale().premiumBudget(30 * 300)
                                .cap(15_000)
                                .expiresAt(NOON.plus(Duration.ofMinutes(40)))
                                .saleUntil(NOON.plus(Duration.ofMinutes(25)))
                                .terms(),
                        MANAGER));
        story.add(new SteerCampaign(SALE, new SteerCampaign.Move.Approve(), SECOND_MANAGER));
        for (WalletId wallet : RESIDENTS) {
            var purchase = new PurchaseId(newId());
            story.add(reserve(purchase, wallet, 5_000));
            story.add(pay(purchase, "founding " + wallet));
        }
        for (Command<?, ?> command : story) {
            happen(log, codec, command);
        }
        founded = log.size();
    }

    private static void happen(SimulatedLog log, EventCodec codec, Command<?, ?> command) {
        var name = "founding " + log.size();
        var metadata = new Stamp(name, name, "founders/0", NOON).metadata();
        if (log.decide(command, log.size(), NOON) instanceof Decision.Accepted<?>(var events)) {
            for (int i = 0; i < events.size(); i++) {
                log.write(written(events.get(i), name, i, codec, metadata), NOON);
            }
        } else {
            throw new AssertionError("the town could not be founded: " + command);
        }
    }

    private static NewEvent written(
            LedgerEvent event,
            String request,
            int place,
            EventCodec codec,
            Map<String, String> metadata) {
        return new NewEvent(
                RequestIds.of(request, place),
                event,
                codec.encode(event),
                Tags.keys(FactTags.of(event)),
                metadata,
                "");
    }

    /** How long the log was when the town began. */
    int founded() {
        return founded;
    }

    // What they want.

    SimulatedRequest next() {
        Supplier<Command<?, ?>> errand = errand();
        // An edge makes new ids for each attempt, another one keeps them.
        Command<?, ?> once = errand.get();
        return request(town.pick(2) == 0 ? errand : () -> once);
    }

    private SimulatedRequest request(Supplier<Command<?, ?>> errand) {
        String id = "r" + requests++;
        return new SimulatedRequest(
                id, town.pick(50) == 0 ? SimulatedTown.POISON : "body of " + id, errand);
    }

    private Supplier<Command<?, ?>> errand() {
        int kind = town.pick(100);
        if (kind < 35) {
            return proposing();
        } else if (kind < 62) {
            return answering();
        } else if (kind < 68) {
            return expiring();
        } else if (kind < 79) {
            WalletId wallet = resident();
            long units = 1L + town.pick(6);
            return () -> reserve(new PurchaseId(newId()), wallet, 1_000 * units);
        } else if (kind < 90) {
            return paying();
        } else if (kind < 93) {
            PurchaseReserved r = oneOf(PurchaseReserved.class);
            return () -> new EndReservation(r.purchaseId(), new EndReservation.Reason.TimeOver());
        } else if (kind < 95) {
            WalletId wallet = resident();
            return () -> new LapseLots(wallet);
        } else if (kind < 97) {
            var store = STORES.get(town.pick(2));
            ChangeStore.Change change =
                    town.pick(3) == 0
                            ? new ChangeStore.Change.Suspend()
                            : new ChangeStore.Change.Resume();
            return () -> new ChangeStore(store, change);
        }
        String person = "person " + town.pick(6);
        return () -> register(new WalletId(newId()), person);
    }

    private Supplier<Command<?, ?>> proposing() {
        WalletId wallet = resident();
        var store = STORES.get(town.pick(2));
        int amount = AMOUNTS.get(town.pick(AMOUNTS.size()));
        boolean scanned = town.pick(2) == 0;
        @Nullable String code = scanned ? "code " + town.pick(12) : null;
        Duration heldFor = Duration.ofSeconds(30L * (1L + town.pick(4)));
        return () ->
                new ProposePayment(
                        new PaymentId(newId()),
                        wallet,
                        store,
                        null,
                        scanned ? ScanMode.STORE_SCAN : ScanMode.USER_SCAN,
                        code,
                        amount,
                        heldFor);
    }

    private Supplier<Command<?, ?>> answering() {
        PaymentProposed p = aPayment();
        if (p == null) {
            return proposing();
        }
        var answer =
                town.pick(4) == 0 ? AnswerPayment.Answer.DECLINE : AnswerPayment.Answer.CONFIRM;
        Party by =
                p.mode().awaited() == Side.STORE
                        ? new Party.Shop(p.merchantId())
                        : new Party.Citizen(p.walletId());
        return () -> new AnswerPayment(p.paymentId(), answer, by);
    }

    private Supplier<Command<?, ?>> expiring() {
        PaymentProposed p = aPayment();
        return p == null ? proposing() : () -> new ExpirePayment(p.paymentId());
    }

    private Supplier<Command<?, ?>> paying() {
        PurchaseReserved r = oneOf(PurchaseReserved.class);
        String reference = "reference " + town.pick(40);
        return () -> pay(r.purchaseId(), reference);
    }

    private @Nullable PaymentProposed aPayment() {
        List<PaymentProposed> all = all(PaymentProposed.class);
        return all.isEmpty() ? null : all.get(all.size() - 1 - town.pick(Math.min(4, all.size())));
    }

    private <E extends LedgerEvent> E oneOf(Class<E> type) {
        List<E> all = all(type);
        return all.get(all.size() - 1 - town.pick(Math.min(4, all.size())));
    }

    private <E extends LedgerEvent> List<E> all(Class<E> type) {
        return town.log().events().stream()
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private WalletId resident() {
        return RESIDENTS.get(town.pick(RESIDENTS.size()));
    }

    private static RegisterCitizen register(WalletId wallet, String person) {
        return new RegisterCitizen(
                new CitizenId(wallet.value()), wallet, List.of(person), false, CLERK);
    }

    private static ReservePurchase reserve(PurchaseId purchase, WalletId wallet, long yen) {
        return new ReservePurchase(
                purchase, SALE, wallet, yen, Channel.COUNTER, Duration.ofMinutes(5), CLERK);
    }

    private PayPurchase pay(PurchaseId purchase, String reference) {
        var ids =
                new PayPurchase.NewIds(new LotId(newId()), new LotId(newId()), new TaskId(newId()));
        return new PayPurchase(purchase, new PayPurchase.Money.Cash(reference), ids);
    }

    private UUID newId() {
        return new UUID(0x018A_E000_0000_7000L, 0x8000_0000_0000_0000L | ids++);
    }

    // Time.

    /** Some time, often just until a hold ends. */
    long aWhile() {
        PaymentProposed p = aPayment();
        long left = p == null ? 0 : Duration.between(town.now(), p.expiresAt()).toMillis();
        return left > 0 && town.pick(2) == 0 ? left : 1_000L * town.pick(90);
    }

    /** The jobs that record what the clock has decided. */
    List<SimulatedRequest> everythingEnds() {
        Set<PaymentId> ended =
                town.log().events().stream()
                        .map(RecordedEvent::event)
                        .filter(e -> e instanceof PaymentEvent && !(e instanceof PaymentProposed))
                        .map(e -> ((PaymentEvent) e).paymentId())
                        .collect(Collectors.toSet());
        List<SimulatedRequest> jobs = new ArrayList<>();
        for (PaymentProposed p : all(PaymentProposed.class)) {
            if (!ended.contains(p.paymentId())) {
                jobs.add(job(new ExpirePayment(p.paymentId())));
            }
        }
        return jobs;
    }

    /** Somebody nobody knows yet. */
    SimulatedRequest newcomer() {
        return job(register(new WalletId(newId()), "somebody new"));
    }

    private SimulatedRequest job(Command<?, ?> command) {
        String id = "r" + requests++;
        return new SimulatedRequest(id, "body of " + id, () -> command);
    }

    /** The wallets of the residents. */
    static List<WalletOf> wallets() {
        return RESIDENTS.stream().map(WalletOf::new).toList();
    }
}
