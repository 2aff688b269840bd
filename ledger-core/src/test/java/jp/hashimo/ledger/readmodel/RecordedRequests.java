package jp.hashimo.ledger.readmodel;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;

/**
 * The requests that left a recorded log, as their callers would send them again: what was asked
 * follows from the fact, under which name from its metadata.
 */
final class RecordedRequests {
    private final Map<PaymentId, PaymentProposed> proposals = new HashMap<>();

    private RecordedRequests(List<RecordedEvent> facts) {
        for (RecordedEvent fact : facts) {
            if (fact.event() instanceof PaymentProposed proposed) {
                proposals.put(proposed.paymentId(), proposed);
            }
        }
    }

    /**
     * A request and all it left.
     *
     * @param command what the caller asked for
     */
    record Request(Command<?, ?> command, Stamp stamp, List<RecordedEvent> left) {}

    /** Those of the kinds that a caller sends again when an answer was lost. */
    static List<Request> in(List<RecordedEvent> facts) {
        Map<String, List<RecordedEvent>> byRequest =
                facts.stream()
                        .collect(
                                Collectors.groupingBy(
                                        fact -> metadata(fact, "request"),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        var requests = new RecordedRequests(facts);
        return byRequest.values().stream()
                .flatMap(left -> requests.request(left).stream())
                .toList();
    }

    private Optional<Request> request(List<RecordedEvent> left) {
        RecordedEvent last = left.getLast();
        var stamp = LedgerNode.stamp(metadata(last, "request"), metadata(last, "bodyHash"));
        return commandOf(last.event()).map(command -> new Request(command, stamp, left));
    }

    private static String metadata(RecordedEvent fact, String key) {
        return String.valueOf(fact.metadata().get(key));
    }

    private Optional<Command<?, ?>> commandOf(LedgerEvent fact) {
        return switch (fact) {
            case CitizenRegistered e ->
                    Optional.of(
                            new RegisterCitizen(
                                    e.citizenId(),
                                    e.walletId(),
                                    e.personKeys(),
                                    e.overridden(),
                                    e.registeredBy()));
            case MerchantRegistered e ->
                    Optional.of(
                            new RegisterMerchant(e.merchantId(), e.storeNumber(), e.storeClass()));
            case PurchaseReserved e ->
                    Optional.of(
                            new ReservePurchase(
                                    e.purchaseId(),
                                    e.campaignId(),
                                    e.walletId(),
                                    e.amount().amount(),
                                    e.channel(),
                                    Duration.between(e.reservedAt(), e.reservedUntil()),
                                    e.reservedBy()));
            case ReservationCancelled e ->
                    Optional.of(
                            new EndReservation(
                                    e.purchaseId(),
                                    new EndReservation.Reason.Cancelled(e.cancelledBy())));
            case VoucherIssued e -> Optional.of(payment(e));
            case PaymentProposed e ->
                    Optional.of(
                            new ProposePayment(
                                    e.paymentId(),
                                    e.walletId(),
                                    e.merchantId(),
                                    e.registerId(),
                                    e.mode(),
                                    e.codeId(),
                                    e.amount().amount(),
                                    Duration.between(e.proposedAt(), e.expiresAt())));
            case PaymentCaptured e ->
                    Optional.of(
                            new AnswerPayment(
                                    e.paymentId(),
                                    AnswerPayment.Answer.CONFIRM,
                                    party(e, proposal(e).mode().awaited())));
            case PaymentDeclined e ->
                    Optional.of(
                            new AnswerPayment(
                                    e.paymentId(),
                                    AnswerPayment.Answer.DECLINE,
                                    party(e, e.declinedBy())));
            default -> Optional.empty();
        };
    }

    private PaymentProposed proposal(PaymentEvent event) {
        return Objects.requireNonNull(proposals.get(event.paymentId()));
    }

    private static Party party(PaymentEvent event, Side side) {
        return side == Side.STORE
                ? new Party.Shop(event.merchantId())
                : new Party.Citizen(event.walletId());
    }

    private static PayPurchase payment(VoucherIssued issued) {
        LotId purchased = issued.lots().getFirst().lotId();
        LotId premium = issued.lots().getLast().lotId();
        var reference = issued.paymentReference();
        return new PayPurchase(
                issued.purchaseId(),
                issued.channel().isReportedByProvider()
                        ? new PayPurchase.Money.AtProvider(reference, issued.amount().amount())
                        : new PayPurchase.Money.Cash(reference),
                new PayPurchase.NewIds(purchased, premium, new TaskId(premium.value())));
    }
}
