package jp.hashimo.api.campaign;

import static jp.hashimo.api.http.Amounts.wholeOrInvalid;
import static jp.hashimo.api.http.Fields.required;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import jp.hashimo.api.http.BodyFilter;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Requests;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PayPurchase.Money;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.id.PurchaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The payment provider's word that it has a buyer's money. Its own reference, unique for ever,
 * serves as idempotency key: however often it calls, the points are issued once.
 */
@Component
class ProviderMoney {
    private static final String PROVIDER = "provider";

    private final Requests requests;
    private final Ledger ledger;
    private final EventLog log;
    private final WebhookSignature signatures;
    private final JsonMapper json;
    private final Clock wall = Clock.systemUTC();

    ProviderMoney(
            Requests requests,
            Ledger ledger,
            EventLog log,
            WebhookSignature signatures,
            JsonMapper json) {
        this.requests = requests;
        this.ledger = ledger;
        this.log = log;
        this.signatures = signatures;
        this.json = json;
    }

    record Notice(
            @Nullable PurchaseId purchaseId,
            @Nullable BigDecimal amount,
            @Nullable String paymentReference,
            @Nullable Instant paidAt) {}

    ResponseEntity<Object> arrived(
            PurchaseId id, @Nullable String signature, HttpServletRequest request) {
        byte[] body = BodyFilter.bytesOf(request);
        if (!signatures.isValid(signature, request.getRequestURI(), body, wall.instant())) {
            throw Problem.of(401, "webhook-signature-invalid");
        }
        Notice notice = read(body);
        if (!required(notice.purchaseId(), "/purchaseId").equals(id)) {
            throw Problem.malformed("/purchaseId");
        }
        String reference = PurchaseController.reference(notice.paymentReference());
        long amount = wholeOrInvalid(notice.amount(), "/amount");
        required(notice.paidAt(), "/paidAt");
        var command =
                new PayPurchase(
                        id, new Money.AtProvider(reference, amount), PurchaseController.newIds());
        Outcome outcome =
                ledger.execute(command, requests.stamp(PROVIDER, "reference " + reference));
        if (outcome instanceof Outcome.KeyReused(var position)) {
            throw otherBody(id, amount).at(position);
        }
        return requests.answer(outcome);
    }

    /**
     * The reference stands for another notice. What is wrong with this one is said in the usual
     * order: purchase, amount, reference.
     */
    private Problem otherBody(PurchaseId id, long amount) {
        return log.withTag("purchase:" + id).stream()
                .filter(recorded -> recorded.event() instanceof PurchaseReserved)
                .map(recorded -> ((PurchaseReserved) recorded.event()).amount().amount())
                .findFirst()
                .map(expected ->
                        expected == amount
                                ? Problem.of(409, "payment-reference-used")
                                : Problem.of(422, "payment-amount-differs")
                                        .with("expected", expected)
                                        .with("received", amount))
                .orElseGet(Problem::notFound);
    }

    private Notice read(byte[] body) {
        try {
            return required(json.readValue(body, Notice.class), "");
        } catch (JacksonException e) {
            throw Problem.malformed("");
        }
    }
}
