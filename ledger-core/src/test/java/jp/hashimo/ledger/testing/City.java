package jp.hashimo.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.TokyoTime;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.wallet.LapseLots;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.Wallet.Available;
import org.jspecify.annotations.Nullable;

/**
 * Three residents, a local store and a supermarket, and a clock that stands until a test turns it.
 * It begins a day before the reference sale opens.
 */
public final class City {
    public static final Instant OPENING = jst("2023-10-02T09:00");
    public static final Instant CLOSING = jst("2024-02-01T00:00");
    public static final Instant EXPIRY = jst("2024-02-16T00:00");
    public static final Instant NOON = jst("2023-10-10T12:00");
    public static final Duration RESERVED_FOR = Duration.ofMinutes(10);
    public static final Duration HELD_FOR = Duration.ofMinutes(3);

    public static final CampaignId SALE = new CampaignId(uuid(1));
    public static final CampaignId OTHER_SALE = new CampaignId(uuid(2));
    public static final WalletId HANA = new WalletId(uuid(11));
    public static final WalletId KEN = new WalletId(uuid(12));
    public static final WalletId AOI = new WalletId(uuid(13));
    public static final List<WalletId> RESIDENTS = List.of(HANA, KEN, AOI);

    /** A store of class LOCAL, which takes every lot. */
    public static final MerchantId GREENGROCER = new MerchantId(uuid(21));

    /** A store of class COMMON, which takes scope ALL only. */
    public static final MerchantId SUPERMARKET = new MerchantId(uuid(22));

    public static final List<MerchantId> STORES = List.of(GREENGROCER, SUPERMARKET);
    public static final UserId MANAGER = new UserId(uuid(31));
    public static final UserId SECOND_MANAGER = new UserId(uuid(32));
    public static final UserId CLERK = new UserId(uuid(33));

    private final History history = new History();
    private Instant now = OPENING.minus(Duration.ofDays(1));
    private long ids = 1_000;
    private final List<Asked> diary = new ArrayList<>();

    /** The city before any sale. */
    public static City withoutSale() {
        var city = new City();
        for (WalletId wallet : RESIDENTS) {
            city.does(
                    new RegisterCitizen(
                            new CitizenId(wallet.value()),
                            wallet,
                            List.of("person of " + wallet),
                            false,
                            CLERK));
        }
        city.does(new RegisterMerchant(GREENGROCER, 1, StoreClass.LOCAL));
        city.does(new RegisterMerchant(SUPERMARKET, 2, StoreClass.COMMON));
        return city;
    }

    /** The city with an approved sale. */
    public static City with(SaleTerms sale) {
        return withoutSale().and(SALE, sale);
    }

    /** One more approved sale. */
    public City and(CampaignId campaign, SaleTerms sale) {
        CampaignTerms terms = sale.terms();
        does(new DraftCampaign(campaign, terms, MANAGER));
        does(new SteerCampaign(campaign, new SteerCampaign.Move.Approve(), SECOND_MANAGER));
        return this;
    }

    /** Noon in the city in the second week of the reference sale. */
    public static City atNoon() {
        return with(SaleTerms.aSale()).at(NOON);
    }

    // The clock.

    public City at(Instant instant) {
        now = instant;
        return this;
    }

    public City after(Duration duration) {
        return at(now.plus(duration));
    }

    public Instant now() {
        return now;
    }

    /** An instant by the clock on the wall of the city hall. */
    public static Instant jst(String local) {
        return LocalDateTime.parse(local).atZone(TokyoTime.TOKYO).toInstant();
    }

    // What people do.

    public <S, R extends Rejection> Answer does(Command<S, R> command) {
        int before = history.events().size();
        Decision<R> decision = history.execute(command, now);
        diary.add(new Asked(command, now, decision));
        List<LedgerEvent> after = history.events();
        return new Answer(decision, after.subList(before, after.size()));
    }

    public Answer reserve(WalletId wallet, long yen) {
        return reserve(wallet, yen, Channel.COUNTER);
    }

    public Answer reserve(WalletId wallet, long yen, Channel channel) {
        return reserve(SALE, wallet, yen, channel);
    }

    public Answer reserve(CampaignId sale, WalletId wallet, long yen, Channel channel) {
        return does(
                new ReservePurchase(
                        new PurchaseId(newId()), sale, wallet, yen, channel, RESERVED_FOR, CLERK));
    }

    /** A reservation that must succeed. */
    public PurchaseId reserved(WalletId wallet, long yen) {
        return reserved(wallet, yen, Channel.COUNTER);
    }

    /** A reservation that must succeed. */
    public PurchaseId reserved(WalletId wallet, long yen, Channel channel) {
        return reserve(wallet, yen, channel).fact(PurchaseReserved.class).purchaseId();
    }

    public Answer payCash(PurchaseId purchase, String reference) {
        return does(new PayPurchase(purchase, new PayPurchase.Money.Cash(reference), newIds()));
    }

    public Answer payByProvider(PurchaseId purchase, String reference, long yen) {
        return does(
                new PayPurchase(
                        purchase, new PayPurchase.Money.AtProvider(reference, yen), newIds()));
    }

    public Answer cancelReservation(PurchaseId purchase, UserId by) {
        return does(new EndReservation(purchase, new EndReservation.Reason.Cancelled(by)));
    }

    /** The job that records what the clock has decided. */
    public Answer endReservation(PurchaseId purchase) {
        return does(new EndReservation(purchase, new EndReservation.Reason.TimeOver()));
    }

    /** A purchase at the counter that must succeed. */
    public VoucherIssued buys(WalletId wallet, long yen) {
        return payCash(reserved(wallet, yen), "receipt " + ids).fact(VoucherIssued.class);
    }

    /** The wallet has a lot that no sale of this city issued. */
    public City finds(WalletId wallet, Lot lot) {
        history.happened(new LotFound(wallet, lot));
        return this;
    }

    /** The citizen scans the store's code. */
    public Answer propose(WalletId wallet, MerchantId store, long points) {
        return propose(wallet, store, points, HELD_FOR);
    }

    /** The citizen scans the store's code, and the store has this long to answer. */
    public Answer propose(WalletId wallet, MerchantId store, long points, Duration heldFor) {
        return propose(wallet, store, points, ScanMode.USER_SCAN, null, heldFor);
    }

    /** The store scans the citizen's one-time code. */
    public Answer scan(WalletId wallet, MerchantId store, String code, long points) {
        return propose(wallet, store, points, ScanMode.STORE_SCAN, code, HELD_FOR);
    }

    private Answer propose(
            WalletId wallet,
            MerchantId store,
            long points,
            ScanMode mode,
            @Nullable String code,
            Duration heldFor) {
        return does(
                new ProposePayment(
                        new PaymentId(newId()), wallet, store, null, mode, code, points, heldFor));
    }

    /** A proposal of the citizen's that must succeed. */
    public PaymentId proposed(WalletId wallet, MerchantId store, long points) {
        return propose(wallet, store, points).fact(PaymentProposed.class).paymentId();
    }

    public Answer confirm(PaymentId payment, Party by) {
        return does(new AnswerPayment(payment, AnswerPayment.Answer.CONFIRM, by));
    }

    public Answer decline(PaymentId payment, Party by) {
        return does(new AnswerPayment(payment, AnswerPayment.Answer.DECLINE, by));
    }

    /** A payment from proposal to capture that must succeed. */
    public PaymentId pays(WalletId wallet, MerchantId store, long points) {
        PaymentId payment = proposed(wallet, store, points);
        assertThat(confirm(payment, store(store)).isAccepted()).isTrue();
        return payment;
    }

    /** The job that records what the clock has decided. */
    public Answer expire(PaymentId payment) {
        return does(new ExpirePayment(payment));
    }

    public Answer sweep(WalletId wallet) {
        return does(new LapseLots(wallet));
    }

    public Answer changeStore(MerchantId store, ChangeStore.Change change) {
        return does(new ChangeStore(store, change));
    }

    public static Party citizen(WalletId wallet) {
        return new Party.Citizen(wallet);
    }

    public static Party store(MerchantId merchant) {
        return new Party.Shop(merchant);
    }

    // What can be seen.

    public Wallet wallet(WalletId wallet) {
        return history.fold(new LapseLots(wallet));
    }

    /** What the resident can spend now, somewhere. */
    public Points available(WalletId wallet) {
        return wallet(wallet).availableAt(now).stream()
                .map(Available::amount)
                .reduce(Points.ZERO, Points::plus);
    }

    /** What the resident can spend now in a store of this class. */
    public Points usable(WalletId wallet, StoreClass storeClass) {
        return wallet(wallet).plan(storeClass, now).usableTotal();
    }

    public List<LedgerEvent> log() {
        return history.events();
    }

    /** Every command so far, whatever the answer was. */
    public List<Command<?, ?>> asked() {
        return diary.stream().<Command<?, ?>>map(Asked::command).toList();
    }

    /** What was asked when, and what the rules said. */
    public record Asked(Command<?, ?> command, Instant at, Decision<?> decision) {}

    /** The city's whole story, to be told again elsewhere. */
    public List<Asked> diary() {
        return List.copyOf(diary);
    }

    // Names.

    /** Ids grow, as those of the edge do. */
    public UUID newId() {
        return uuid(ids++);
    }

    private PayPurchase.NewIds newIds() {
        return new PayPurchase.NewIds(new LotId(newId()), new LotId(newId()), new TaskId(newId()));
    }

    private static UUID uuid(long number) {
        return new UUID(0x018A_E000_0000_7000L, 0x8000_0000_0000_0000L | number);
    }
}
