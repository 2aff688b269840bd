package jp.hashimo.loadtest.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignApproved;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.SpendingOrder;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;

/**
 * The facts of a town of any size, as its people would have caused them one by one: a sale, stores,
 * and residents who have each bought what they may.
 */
final class TownFacts {
    private static final int FISCAL_YEAR = 2026;
    private static final Yen BOUGHT = new Yen(600_000);
    private static final Points PREMIUM = new Points(180_000);

    /** The same payment at the same store within five minutes would be asked about. */
    private static final Duration BETWEEN_PAYMENTS = Duration.ofMinutes(5);

    private static final Duration PAST = Duration.ofDays(60);

    private final Instant now =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS).minus(PAST);
    private final Instant end = now.plus(PAST).plus(Duration.ofDays(180));
    private final CampaignId campaign = new CampaignId(UuidCreator.getTimeOrderedEpoch());
    private final UserId clerk = new UserId(UuidCreator.getTimeOrderedEpoch());
    private final UserId other = new UserId(UuidCreator.getTimeOrderedEpoch());
    private int storeNumber = 10_000_000;

    /** A resident and the facts by which the wallet came and was filled. */
    record Resident(
            UserId userId, CitizenId citizenId, WalletId walletId, List<LedgerEvent> facts) {
        Resident {
            facts = List.copyOf(facts);
        }

        /** For somebody who has bought once. */
        Payer payer() {
            var issued = (VoucherIssued) facts.getLast();
            // Of two lots that end together, the one that can be spent in fewer places goes first.
            Lot lot = issued.lots().getLast();
            return new Payer(
                    walletId,
                    new Draw(
                            lot.lotId(),
                            new Points(1),
                            lot.kind(),
                            lot.fund(),
                            lot.expiresAt(),
                            lot.campaignId(),
                            lot.programmeId()));
        }
    }

    /**
     * Somebody who pays one point at a time.
     *
     * @param draw from the lot that the rules would take it from
     */
    record Payer(WalletId walletId, Draw draw) {}

    /** A payment of one point that was proposed and confirmed. */
    record Payment(PaymentProposed proposed, PaymentCaptured captured) {}

    /** The sale, which comes before all purchases. */
    List<LedgerEvent> sale() {
        var terms =
                new CampaignTerms(
                        "計測",
                        FISCAL_YEAR,
                        new Yen(1_000),
                        new Points(300),
                        BOUGHT,
                        new Points(1_000_000_000_000L),
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(90)),
                        end,
                        LateReversal.FORFEIT);
        return List.of(
                new CampaignDrafted(campaign, terms, clerk, now),
                new CampaignApproved(campaign, other, now));
    }

    MerchantRegistered store() {
        return new MerchantRegistered(
                new MerchantId(UuidCreator.getTimeOrderedEpoch()),
                storeNumber++,
                StoreClass.LOCAL,
                now);
    }

    /**
     * Somebody who has bought as much as is allowed.
     *
     * @param purchases over how many purchases, each of which gives two lots; a divisor of 600
     */
    Resident resident(int purchases) {
        var citizenId = new CitizenId(UuidCreator.getTimeOrderedEpoch());
        var walletId = new WalletId(UuidCreator.getTimeOrderedEpoch());
        List<LedgerEvent> facts = new ArrayList<>();
        facts.add(
                new CitizenRegistered(
                        citizenId, walletId, List.of("person " + citizenId), false, clerk, now));
        for (int i = 0; i < purchases; i++) {
            facts.addAll(
                    purchase(
                            walletId,
                            new Yen(BOUGHT.amount() / purchases),
                            new Points(PREMIUM.amount() / purchases)));
        }
        return new Resident(
                new UserId(UuidCreator.getTimeOrderedEpoch()), citizenId, walletId, facts);
    }

    /**
     * A payment in the past.
     *
     * @param before how many the payer had made
     */
    Payment payment(Payer payer, MerchantId store, int before) {
        Duration later = BETWEEN_PAYMENTS.multipliedBy(before + 1L);
        if (later.compareTo(PAST) >= 0) {
            throw new IllegalArgumentException("too many payments for the past: " + before);
        }
        Instant at = now.plus(later);
        var paymentId = new PaymentId(UuidCreator.getTimeOrderedEpoch());
        List<Draw> draws = List.of(payer.draw());
        return new Payment(
                new PaymentProposed(
                        paymentId,
                        payer.walletId(),
                        store,
                        null,
                        StoreClass.LOCAL,
                        ScanMode.USER_SCAN,
                        null,
                        new Points(1),
                        draws,
                        SpendingOrder.CURRENT,
                        false,
                        at,
                        at.plus(Duration.ofMinutes(3))),
                new PaymentCaptured(paymentId, payer.walletId(), store, new Points(1), draws, at));
    }

    private List<LedgerEvent> purchase(WalletId walletId, Yen paid, Points premium) {
        var purchaseId = new PurchaseId(UuidCreator.getTimeOrderedEpoch());
        Fund fund = Fund.premiumOf(FISCAL_YEAR);
        return List.of(
                new PurchaseReserved(
                        purchaseId,
                        campaign,
                        walletId,
                        Channel.COUNTER,
                        paid,
                        premium,
                        fund,
                        end,
                        clerk,
                        now,
                        now.plus(Duration.ofMinutes(10))),
                new VoucherIssued(
                        purchaseId,
                        campaign,
                        walletId,
                        Channel.COUNTER,
                        "receipt " + purchaseId,
                        paid,
                        premium,
                        List.of(
                                lot(LotKind.PURCHASED, Scope.ALL, Fund.CITIZENS, paid.amount()),
                                lot(LotKind.PREMIUM, Scope.LOCAL, fund, premium.amount())),
                        now));
    }

    private Lot lot(LotKind kind, Scope scope, Fund fund, long points) {
        return new Lot(
                new LotId(UuidCreator.getTimeOrderedEpoch()),
                kind,
                scope,
                fund,
                new Points(points),
                now,
                end,
                campaign,
                null);
    }
}
