package jp.hashimo.api.payment;

import static jp.hashimo.api.http.Amounts.wholeOrInvalid;
import static jp.hashimo.api.http.Fields.required;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigDecimal;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.gateway.PaymentDoor;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.AnswerPayment.Answer;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.ScanMode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Payments: one side proposes, the other side answers. */
@RestController
@RequestMapping("/api/v1/payments")
class PaymentController {
    private final Requests requests;
    private final Reads reads;
    private final PaymentDoor door;
    private final FindPayment payments;
    private final PaymentStream stream;

    PaymentController(
            Requests requests,
            Reads reads,
            PaymentDoor door,
            FindPayment payments,
            PaymentStream stream) {
        this.requests = requests;
        this.reads = reads;
        this.door = door;
        this.payments = payments;
        this.stream = stream;
    }

    record Scan(
            @Nullable ScanMode mode,
            @Nullable String code,
            @Nullable BigDecimal amount,
            @Nullable RegisterId registerId) {}

    @PostMapping
    @May({Role.CITIZEN, Role.STORE})
    ResponseEntity<Object> propose(@RequestBody Scan scan, Caller caller) {
        var id = new PaymentId(UuidCreator.getTimeOrderedEpoch());
        String code = required(scan.code(), "/code");
        long amount = wholeOrInvalid(scan.amount(), "/amount");
        PaymentDoor.Entry entry =
                switch (required(scan.mode(), "/mode")) {
                    case USER_SCAN -> door.userScan(id, walletOf(caller), code, amount);
                    case STORE_SCAN ->
                            door.storeScan(id, storeOf(caller), scan.registerId(), code, amount);
                };
        return switch (entry) {
            case PaymentDoor.Entry.Open(var proposal) -> requests.perform(proposal, caller);
            case PaymentDoor.Entry.Invalid _ -> throw Problem.of(422, "code-invalid");
            case PaymentDoor.Entry.ForeignRegister _ -> throw Problem.forbidden();
            case PaymentDoor.Entry.Expired _ ->
                    // A repetition of a proposal that was in time is answered as it was then.
                    requests.replayOr(caller, () -> Problem.of(409, "code-expired"));
        };
    }

    @PostMapping("/{id}/confirm")
    @May({Role.CITIZEN, Role.STORE})
    ResponseEntity<Object> confirm(@PathVariable PaymentId id, Caller caller) {
        return requests.perform(new AnswerPayment(id, Answer.CONFIRM, partyOf(caller)), caller);
    }

    @PostMapping("/{id}/decline")
    @May({Role.CITIZEN, Role.STORE})
    ResponseEntity<Object> decline(@PathVariable PaymentId id, Caller caller) {
        return requests.perform(new AnswerPayment(id, Answer.DECLINE, partyOf(caller)), caller);
    }

    @GetMapping("/{id}")
    @May({
        Role.CITIZEN,
        Role.STORE,
        Role.COUNTER,
        Role.FINANCE_CLERK,
        Role.FINANCE_APPROVER,
        Role.SUPPORT,
        Role.AUDITOR
    })
    ResponseEntity<Object> show(@PathVariable PaymentId id, Caller caller) {
        return reads.answer(
                "payment", () -> payments.find(id, caller).orElseThrow(Problem::notFound));
    }

    /** Proposals and outcomes that concern the caller, as they happen. */
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @May({Role.CITIZEN, Role.STORE})
    SseEmitter stream(Caller caller) {
        return stream.open(caller);
    }

    private static Party partyOf(Caller caller) {
        return caller.is(Role.STORE)
                ? new Party.Shop(storeOf(caller))
                : new Party.Citizen(walletOf(caller));
    }

    private static WalletId walletOf(Caller caller) {
        WalletId own = caller.walletId();
        if (own == null) {
            throw Problem.forbidden();
        }
        return own;
    }

    private static MerchantId storeOf(Caller caller) {
        MerchantId own = caller.merchantId();
        if (own == null) {
            throw Problem.forbidden();
        }
        return own;
    }
}
