package jp.hashimo.api.campaign;

import static jp.hashimo.api.http.Amounts.wholeOrInvalid;
import static jp.hashimo.api.http.Fields.required;
import static jp.hashimo.api.http.Fields.text;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Duration;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.BodyFilter;
import jp.hashimo.api.http.Callers;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.PayPurchase.Money;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Purchases: reserve, pay, issue. */
@RestController
@RequestMapping("/api/v1/purchases")
class PurchaseController {
    private static final Duration COUNTER_AND_CARD = Duration.ofMinutes(10);
    private static final Duration CONVENIENCE_STORE = Duration.ofDays(3);
    private static final int LONGEST_REFERENCE = 100;

    private final Requests requests;
    private final Reads reads;
    private final FindPurchase purchases;
    private final ProviderMoney provider;
    private final JsonMapper json;

    PurchaseController(
            Requests requests,
            Reads reads,
            FindPurchase purchases,
            ProviderMoney provider,
            JsonMapper json) {
        this.requests = requests;
        this.reads = reads;
        this.purchases = purchases;
        this.provider = provider;
        this.json = json;
    }

    record Wish(
            @Nullable WalletId walletId,
            @Nullable CampaignId campaignId,
            @Nullable BigDecimal amount,
            @Nullable Channel channel) {}

    @PostMapping
    @May({Role.CITIZEN, Role.COUNTER})
    ResponseEntity<Object> reserve(@RequestBody Wish wish, Caller caller) {
        WalletId walletId = required(wish.walletId(), "/walletId");
        Channel channel = required(wish.channel(), "/channel");
        boolean atTheCounter = channel == Channel.COUNTER;
        if (atTheCounter ? !caller.is(Role.COUNTER) : !caller.owns(walletId)) {
            throw Problem.forbidden();
        }
        return requests.perform(
                new ReservePurchase(
                        new PurchaseId(UuidCreator.getTimeOrderedEpoch()),
                        required(wish.campaignId(), "/campaignId"),
                        walletId,
                        wholeOrInvalid(wish.amount(), "/amount"),
                        channel,
                        channel == Channel.CONVENIENCE ? CONVENIENCE_STORE : COUNTER_AND_CARD,
                        caller.userId()),
                caller);
    }

    record Cash(@Nullable String paymentReference) {}

    /** The money is there, says the counter clerk who took it or, signed, the payment provider. */
    @PostMapping(path = "/{id}/paid", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Anyone
    ResponseEntity<Object> paid(
            @PathVariable PurchaseId id,
            @RequestHeader(name = "Hashimo-Signature", required = false) @Nullable String signature,
            HttpServletRequest request) {
        Caller caller = Callers.current().orElse(null);
        if (signature != null || caller == null) {
            return provider.arrived(id, signature, request);
        } else if (!caller.is(Role.COUNTER)) {
            throw Problem.forbidden();
        }
        var money = new Money.Cash(reference(body(request).paymentReference()));
        return requests.perform(new PayPurchase(id, money, newIds()), caller);
    }

    @PostMapping("/{id}/cancel")
    @May({Role.CITIZEN, Role.COUNTER})
    ResponseEntity<Object> cancel(@PathVariable PurchaseId id, Caller caller) {
        var reason = new EndReservation.Reason.Cancelled(caller.userId());
        return requests.perform(new EndReservation(id, reason), caller);
    }

    @GetMapping("/{id}")
    @May({
        Role.CITIZEN,
        Role.COUNTER,
        Role.FINANCE_CLERK,
        Role.FINANCE_APPROVER,
        Role.SUPPORT,
        Role.AUDITOR
    })
    ResponseEntity<Object> show(@PathVariable PurchaseId id, Caller caller) {
        return reads.answer(
                "campaign",
                () ->
                        purchases
                                .find(id)
                                .filter(purchase ->
                                        !caller.is(Role.CITIZEN)
                                                || caller.owns(purchase.walletId()))
                                .orElseThrow(Problem::notFound));
    }

    private Cash body(HttpServletRequest request) {
        try {
            return required(json.readValue(BodyFilter.bytesOf(request), Cash.class), "");
        } catch (JacksonException e) {
            throw Problem.malformed("");
        }
    }

    static String reference(@Nullable String reference) {
        return text(reference, "/paymentReference", LONGEST_REFERENCE);
    }

    static PayPurchase.NewIds newIds() {
        return new PayPurchase.NewIds(
                new LotId(UuidCreator.getTimeOrderedEpoch()),
                new LotId(UuidCreator.getTimeOrderedEpoch()),
                new TaskId(UuidCreator.getTimeOrderedEpoch()));
    }
}
