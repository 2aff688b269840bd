package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseProposed;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaiseRejected;
import jp.hashimo.ledger.campaign.CampaignEvent.BudgetRaised;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignResumed;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignSuspended;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreResumed;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreSuspended;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.SpendingOrder;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;

/**
 * One event of every kind with everything it can say, and one more with nothing it need not say.
 */
final class EventSamples {
    private static final CampaignId CAMPAIGN = new CampaignId(uuid(1));
    private static final ProgrammeId PROGRAMME = new ProgrammeId(uuid(2));
    private static final PurchaseId PURCHASE = new PurchaseId(uuid(3));
    private static final CitizenId CITIZEN = new CitizenId(uuid(4));
    private static final WalletId WALLET = new WalletId(uuid(5));
    private static final DeviceId DEVICE = new DeviceId(uuid(6));
    private static final MerchantId MERCHANT = new MerchantId(uuid(7));
    private static final RegisterId REGISTER = new RegisterId(uuid(8));
    private static final PaymentId PAYMENT = new PaymentId(uuid(9));
    private static final ApprovalId APPROVAL = new ApprovalId(uuid(10));
    private static final TaskId TASK = new TaskId(uuid(11));
    private static final UserId CLERK = new UserId(uuid(12));
    private static final UserId MANAGER = new UserId(uuid(13));

    /** As fine as the log keeps time. */
    private static final Instant AT = NOON.plusNanos(123_456_000);

    private static final Instant IN_THREE_MINUTES = AT.plus(Duration.ofMinutes(3));
    private static final Instant IN_TEN_MINUTES = AT.plus(Duration.ofMinutes(10));
    private static final Yen TEN_THOUSAND = new Yen(10_000);
    private static final Points THREE_THOUSAND = new Points(3_000);

    private EventSamples() {}

    /** Every component has a value, every list a member. */
    static List<LedgerEvent> full() {
        return List.of(
                new CampaignDrafted(CAMPAIGN, terms(), MANAGER, AT),
                new CampaignApproved(CAMPAIGN, MANAGER, AT),
                new CampaignSuspended(CAMPAIGN, MANAGER, AT),
                new CampaignResumed(CAMPAIGN, MANAGER, AT),
                new BudgetRaiseProposed(CAMPAIGN, APPROVAL, new Points(5_100_000), MANAGER, AT),
                new BudgetRaised(CAMPAIGN, APPROVAL, new Points(5_100_000), MANAGER, AT),
                new BudgetRaiseRejected(CAMPAIGN, APPROVAL, MANAGER, AT),
                new PurchaseReserved(
                        PURCHASE,
                        CAMPAIGN,
                        WALLET,
                        Channel.CONVENIENCE,
                        TEN_THOUSAND,
                        THREE_THOUSAND,
                        Fund.premiumOf(2023),
                        EXPIRY,
                        CLERK,
                        AT,
                        IN_TEN_MINUTES),
                new VoucherIssued(
                        PURCHASE,
                        CAMPAIGN,
                        WALLET,
                        Channel.COUNTER,
                        "窓口-0001",
                        TEN_THOUSAND,
                        THREE_THOUSAND,
                        List.of(bought(), premium()),
                        AT),
                new ReservationLapsed(
                        PURCHASE,
                        CAMPAIGN,
                        WALLET,
                        TEN_THOUSAND,
                        THREE_THOUSAND,
                        IN_TEN_MINUTES,
                        IN_TEN_MINUTES.plusSeconds(1)),
                new ReservationCancelled(
                        PURCHASE, CAMPAIGN, WALLET, TEN_THOUSAND, THREE_THOUSAND, CLERK, AT),
                new MoneyToReturn(
                        PURCHASE, CAMPAIGN, TASK, Channel.CARD, "card-0001", TEN_THOUSAND, AT),
                new CitizenRegistered(
                        CITIZEN, WALLET, List.of("hash-of-phone", "hash-of-name"), true, CLERK, AT),
                new DeviceEnrolled(WALLET, DEVICE, "ES256", "MFkwEwYHKoZIzj0CAQ+/=", AT),
                new DeviceRevoked(WALLET, DEVICE, CLERK, AT),
                new LotLapsed(WALLET, ofBought(7_300), EXPIRY.plusSeconds(1)),
                new MerchantRegistered(MERCHANT, 100_017, StoreClass.LOCAL, AT),
                new StoreClassChanged(MERCHANT, StoreClass.COMMON, EXPIRY, AT),
                new StoreSuspended(MERCHANT, AT),
                new StoreResumed(MERCHANT, AT),
                new RegisterOpened(MERCHANT, REGISTER, "レジ1 \"入口\"", AT),
                new OperatorAdded(MERCHANT, CLERK, AT),
                new BankAccountChangeProposed(MERCHANT, APPROVAL, CLERK, AT),
                new BankAccountChanged(MERCHANT, APPROVAL, MANAGER, AT),
                new BankAccountChangeRejected(MERCHANT, APPROVAL, MANAGER, AT),
                new PaymentProposed(
                        PAYMENT,
                        WALLET,
                        MERCHANT,
                        REGISTER,
                        StoreClass.LOCAL,
                        ScanMode.STORE_SCAN,
                        "code-0001",
                        new Points(3_700),
                        List.of(ofAward(), ofPremium(), ofBought(200)),
                        SpendingOrder.CURRENT,
                        true,
                        AT,
                        IN_THREE_MINUTES),
                new PaymentCaptured(
                        PAYMENT,
                        WALLET,
                        MERCHANT,
                        new Points(3_700),
                        List.of(ofAward(), ofPremium(), ofBought(200)),
                        AT),
                new PaymentDeclined(
                        PAYMENT,
                        WALLET,
                        MERCHANT,
                        List.of(ofAward(), ofPremium()),
                        List.of(ofAward()),
                        Side.CITIZEN,
                        AT),
                new PaymentExpired(
                        PAYMENT,
                        WALLET,
                        MERCHANT,
                        List.of(ofAward(), ofPremium()),
                        List.of(ofAward()),
                        IN_THREE_MINUTES,
                        IN_THREE_MINUTES.plusSeconds(1)));
    }

    /** What may be left out is left out. */
    static List<LedgerEvent> sparse() {
        return List.of(
                new PaymentProposed(
                        PAYMENT,
                        WALLET,
                        MERCHANT,
                        null,
                        StoreClass.COMMON,
                        ScanMode.USER_SCAN,
                        null,
                        new Points(200),
                        List.of(ofBought(200)),
                        SpendingOrder.CURRENT,
                        false,
                        AT,
                        IN_THREE_MINUTES));
    }

    private static CampaignTerms terms() {
        return new CampaignTerms(
                "令和5年度プレミアム付デジタル商品券",
                2023,
                new Yen(1_000),
                new Points(300),
                TEN_THOUSAND,
                new Points(4_800_000),
                AT,
                IN_TEN_MINUTES,
                EXPIRY,
                new LateReversal(14));
    }

    private static Lot bought() {
        return new Lot(
                new LotId(uuid(21)),
                LotKind.PURCHASED,
                Scope.ALL,
                Fund.CITIZENS,
                new Points(10_000),
                AT,
                EXPIRY,
                CAMPAIGN,
                null);
    }

    private static Lot premium() {
        return new Lot(
                new LotId(uuid(22)),
                LotKind.PREMIUM,
                Scope.LOCAL,
                Fund.premiumOf(2023),
                THREE_THOUSAND,
                AT,
                EXPIRY,
                CAMPAIGN,
                null);
    }

    private static Draw ofBought(long points) {
        return new Draw(
                bought().lotId(),
                new Points(points),
                LotKind.PURCHASED,
                Fund.CITIZENS,
                EXPIRY,
                CAMPAIGN,
                null);
    }

    private static Draw ofPremium() {
        return new Draw(
                premium().lotId(),
                THREE_THOUSAND,
                LotKind.PREMIUM,
                Fund.premiumOf(2023),
                EXPIRY,
                CAMPAIGN,
                null);
    }

    private static Draw ofAward() {
        return new Draw(
                new LotId(uuid(23)),
                new Points(500),
                LotKind.AWARD,
                new Fund("HEALTH-2024"),
                IN_THREE_MINUTES,
                null,
                PROGRAMME);
    }

    private static UUID uuid(long number) {
        return new UUID(0x018A_E000_0000_7000L, 0x8000_0000_0000_0000L | number);
    }
}
