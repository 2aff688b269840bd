package jp.hashimo.api.wallet;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.http.StoredAnswers;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.gateway.CustomerCodes;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.Store;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.ChangeDevices;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What residents do with their wallets, and what the city sees of them. */
@RestController
class WalletController {
    /** Long enough to hold the phone out, too short to hand a picture on. */
    private static final Duration CODE_LIFE = Duration.ofSeconds(90);

    private final WalletRows rows;
    private final WalletPast past;
    private final WalletHistory history;
    private final UsablePoints usable;
    private final Reads reads;
    private final Requests requests;
    private final StoredAnswers answers;
    private final CustomerCodes codes;
    private final LedgerClock clock;

    WalletController(
            WalletRows rows,
            WalletPast past,
            WalletHistory history,
            UsablePoints usable,
            Reads reads,
            Requests requests,
            StoredAnswers answers,
            CustomerCodes codes,
            LedgerClock clock) {
        this.rows = rows;
        this.past = past;
        this.history = history;
        this.usable = usable;
        this.reads = reads;
        this.requests = requests;
        this.answers = answers;
        this.codes = codes;
        this.clock = clock;
    }

    @GetMapping("/api/v1/wallets/{id}")
    @May({Role.CITIZEN, Role.COUNTER, Role.SUPPORT, Role.AUDITOR})
    ResponseEntity<Object> show(
            @PathVariable WalletId id,
            @RequestParam(required = false) @Nullable Instant asOf,
            Caller caller) {
        mayRead(caller, id);
        var now = reads.at("wallet", () -> rows.find(id).orElseThrow(Problem::notFound));
        WalletView view =
                asOf == null
                        ? WalletView.of(id, now.value(), clock.instant(), now.position())
                        : past.at(id, asOf);
        return ResponseEntity.ok()
                .header("Ledger-Position", Long.toString(view.position()))
                .body(seesReasons(caller, id) ? view : view.withoutReasons());
    }

    @GetMapping("/api/v1/wallets/{id}/entries")
    @May({Role.CITIZEN, Role.COUNTER, Role.SUPPORT, Role.AUDITOR})
    ResponseEntity<Object> entries(
            @PathVariable WalletId id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        mayRead(caller, id);
        Page.Ask ask = Page.ask(limit, cursor);
        return reads.answer(
                "wallet",
                () -> {
                    if (!rows.exists(id)) {
                        throw Problem.notFound();
                    }
                    return history.page(id, ask);
                });
    }

    /** What a store would take of the wallet now, before anybody pays. */
    @GetMapping("/api/v1/wallets/{id}/usable-at/{merchantId}")
    @May(Role.CITIZEN)
    ResponseEntity<Object> usableAt(
            @PathVariable WalletId id,
            @PathVariable MerchantId merchantId,
            @RequestParam(required = false) @Nullable String amount,
            Caller caller) {
        mayRead(caller, id);
        Points asked = UsablePoints.amount(amount);
        Store.Known store = usable.open(merchantId);
        return reads.answer(
                "wallet",
                () ->
                        UsablePoints.at(
                                rows.find(id).orElseThrow(Problem::notFound),
                                store,
                                asked,
                                clock.instant()));
    }

    record NewDevice(@Nullable String publicKey, @Nullable String alg) {}

    @PostMapping("/api/v1/wallets/{id}/devices")
    @May(Role.CITIZEN)
    ResponseEntity<Object> enrol(
            @PathVariable WalletId id, @RequestBody NewDevice body, Caller caller) {
        mayAct(caller, id);
        var deviceId = new DeviceId(UuidCreator.getTimeOrderedEpoch());
        return requests.perform(
                new ChangeDevices(
                        id,
                        new ChangeDevices.Change.Enrol(
                                deviceId,
                                Fields.text(body.alg(), "/alg", 40),
                                Fields.text(body.publicKey(), "/publicKey", 4_000))),
                caller);
    }

    /** A lost phone is revoked by its owner or at the counter; the value stays. */
    @DeleteMapping("/api/v1/wallets/{id}/devices/{deviceId}")
    @May({Role.CITIZEN, Role.COUNTER})
    ResponseEntity<Object> revoke(
            @PathVariable WalletId id, @PathVariable DeviceId deviceId, Caller caller) {
        if (!caller.is(Role.COUNTER)) {
            mayAct(caller, id);
        }
        return requests.perform(
                new ChangeDevices(id, new ChangeDevices.Change.Revoke(deviceId, caller.userId())),
                caller);
    }

    record OneTimeCode(String code, Instant validUntil) {}

    /** The code a store scans. That it was made is no fact; that it was used will be. */
    @PostMapping("/api/v1/wallets/{id}/codes")
    @May(Role.CITIZEN)
    ResponseEntity<Object> code(@PathVariable WalletId id, Caller caller) {
        mayAct(caller, id);
        return answers.once(
                caller,
                () -> {
                    var code = codes.issue(id, clock.instant().plus(CODE_LIFE), UUID.randomUUID());
                    return Answer.created(new OneTimeCode(code.code(), code.validUntil()));
                });
    }

    /** What is not yours is not there. */
    private static void mayRead(Caller caller, WalletId id) {
        if (!caller.owns(id) && !caller.isAny(Role.COUNTER, Role.SUPPORT, Role.AUDITOR)) {
            throw Problem.notFound();
        }
    }

    private static void mayAct(Caller caller, WalletId id) {
        if (!caller.owns(id)) {
            throw Problem.forbidden();
        }
    }

    private static boolean seesReasons(Caller caller, WalletId id) {
        return caller.owns(id) || caller.isAny(Role.COUNTER, Role.AUDITOR);
    }
}
