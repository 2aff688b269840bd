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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jp.hashimo.ledger.campaign.CampaignEvent;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.PurchaseEvent;
import jp.hashimo.ledger.campaign.PurchaseEvent.MoneyToReturn;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.merchant.MerchantEvent;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.WalletEvent;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;

/**
 * Turns facts into double entry. It reads the facts alone and shares no arithmetic with the
 * wallets, so that the two can be held against each other.
 */
public final class Bookkeeping {
    private Bookkeeping() {}

    /**
     * The postings of a fact, none if it moves no value. An unknown family of facts stops the
     * books.
     */
    public static List<Posting> postingsFor(LedgerEvent event) {
        return switch (event) {
            case PurchaseEvent fact -> purchase(fact);
            case PaymentEvent fact -> payment(fact);
            case WalletEvent fact -> wallet(fact);
            case CampaignEvent _, MerchantEvent _ -> List.of();
            default ->
                    throw new LedgerInvariantBroken("no rule books " + event.getClass().getName());
        };
    }

    private static List<Posting> purchase(PurchaseEvent event) {
        return switch (event) {
            case VoucherIssued e -> e.lots().stream().map(lot -> issued(lot, e.channel())).toList();
            case MoneyToReturn e ->
                    List.of(
                            new Posting(
                                    receiving(e.channel()),
                                    MONEY_TO_RETURN,
                                    e.amount(),
                                    e.receivedAt(),
                                    Fund.CITIZENS,
                                    e.campaignId(),
                                    null));
            case PurchaseReserved _, ReservationLapsed _, ReservationCancelled _ -> List.of();
        };
    }

    private static Posting issued(Lot lot, Channel channel) {
        AccountCode debit =
                switch (lot.kind()) {
                    case PURCHASED -> receiving(channel);
                    case PREMIUM -> PREMIUM_COST;
                    case AWARD -> AWARD_COST;
                };
        return new Posting(
                debit,
                liability(lot.kind()),
                new Yen(lot.face().amount()),
                lot.issuedAt(),
                lot.fund(),
                lot.campaignId(),
                lot.programmeId());
    }

    private static List<Posting> payment(PaymentEvent event) {
        return switch (event) {
            case PaymentProposed e ->
                    each(
                            e.draws(),
                            draw -> Posting.of(liability(draw.kind()), HELD, e.proposedAt(), draw));
            case PaymentCaptured e ->
                    each(
                            e.draws(),
                            draw -> Posting.of(HELD, MERCHANT_PAYABLE, e.capturedAt(), draw));
            case PaymentDeclined e -> released(e.draws(), e.lapsed(), e.declinedAt());
            case PaymentExpired e -> released(e.draws(), e.lapsed(), e.expiredAt());
        };
    }

    /**
     * A hold ends: what is held goes back to the lots, and from there what has ended of them
     * lapses.
     */
    private static List<Posting> released(List<Draw> draws, List<Draw> lapsed, Instant at) {
        var postings =
                new ArrayList<>(
                        each(draws, draw -> Posting.of(HELD, liability(draw.kind()), at, draw)));
        postings.addAll(
                each(
                        lapsed,
                        draw -> lapse(draw, draw.expiresAt().isAfter(at) ? draw.expiresAt() : at)));
        return postings;
    }

    private static List<Posting> wallet(WalletEvent event) {
        return switch (event) {
            // However late the sweep, the value ended when the lot did.
            case LotLapsed e -> List.of(lapse(e.lapsed(), e.lapsed().expiresAt()));
            case CitizenRegistered _, DeviceEnrolled _, DeviceRevoked _ -> List.of();
        };
    }

    private static Posting lapse(Draw draw, Instant at) {
        return Posting.of(liability(draw.kind()), LAPSED, at, draw);
    }

    private static List<Posting> each(List<Draw> draws, Function<Draw, Posting> posting) {
        return draws.stream().map(posting).toList();
    }

    private static AccountCode receiving(Channel channel) {
        return channel.isReportedByProvider() ? PROVIDER_RECEIVABLE : TILL_CASH;
    }

    private static AccountCode liability(LotKind kind) {
        return switch (kind) {
            case PURCHASED -> LIABILITY_PURCHASED;
            case PREMIUM -> LIABILITY_PREMIUM;
            case AWARD -> LIABILITY_AWARD;
        };
    }
}
