package jp.hashimo.api.merchant;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Objects;
import java.util.stream.Stream;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.StoreClass;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The city registers and changes stores; everybody can look them up. */
@RestController
class MerchantController {
    private final StoreRegistration registration;
    private final Stores stores;
    private final Requests requests;
    private final Reads reads;

    MerchantController(
            StoreRegistration registration, Stores stores, Requests requests, Reads reads) {
        this.registration = registration;
        this.stores = stores;
        this.requests = requests;
        this.reads = reads;
    }

    record NewStore(
            @Nullable String name,
            @Nullable String area,
            @Nullable StoreClass storeClass,
            @Nullable BankAccount bankAccount) {}

    @PostMapping("/api/v1/merchants")
    @May(Role.FINANCE_CLERK)
    ResponseEntity<Object> register(@RequestBody NewStore body, Caller caller) {
        var profile =
                new StoreProfile(
                        Fields.text(body.name(), "/name", 100),
                        Fields.optional(body.area(), "/area", 100),
                        Fields.required(body.bankAccount(), "/bankAccount"),
                        0);
        StoreClass storeClass = Fields.required(body.storeClass(), "/storeClass");
        return requests.answer(registration.register(profile, storeClass, requests.stamp(caller)));
    }

    @GetMapping("/api/v1/merchants")
    @Anyone
    ResponseEntity<Object> list(
            @RequestParam(name = "class", required = false) @Nullable StoreClass storeClass,
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page.Ask ask = Page.ask(limit, cursor);
        return reads.answer(
                "merchant", () -> stores.list(new Stores.Filter(storeClass, area, q), ask));
    }

    @GetMapping("/api/v1/merchants/{id}")
    @Anyone
    ResponseEntity<Object> show(@PathVariable MerchantId id) {
        return reads.answer("merchant", () -> stores.find(id).orElseThrow(Problem::notFound));
    }

    record StoreChange(
            @Nullable StoreClass storeClass,
            @Nullable String effectiveFrom,
            @JsonAlias("suspended") @Nullable Boolean suspend,
            @Nullable BankAccount bankAccount) {}

    /** One change a call, since each is a fact of its own and has its own answer. */
    @PatchMapping("/api/v1/merchants/{id}")
    @May(Role.FINANCE_CLERK)
    ResponseEntity<Object> change(
            @PathVariable MerchantId id, @RequestBody StoreChange body, Caller caller) {
        long changes =
                Stream.of(body.storeClass(), body.suspend(), body.bankAccount())
                        .filter(Objects::nonNull)
                        .count();
        if (changes != 1 || (body.effectiveFrom() != null && body.storeClass() == null)) {
            throw Problem.malformed("");
        } else if (body.bankAccount() != null) {
            return requests.answer(
                    registration.propose(
                            id, body.bankAccount(), caller.userId(), requests.stamp(caller)));
        }
        return requests.perform(new ChangeStore(id, changeOf(body)), caller);
    }

    private ChangeStore.Change changeOf(StoreChange body) {
        if (body.storeClass() != null) {
            return new ChangeStore.Change.Reclassify(
                    body.storeClass(), EffectiveFrom.read(body.effectiveFrom()));
        }
        return Boolean.TRUE.equals(body.suspend())
                ? new ChangeStore.Change.Suspend()
                : new ChangeStore.Change.Resume();
    }

    record NewRegister(@Nullable String name) {}

    @PostMapping("/api/v1/merchants/{id}/registers")
    @May({Role.FINANCE_CLERK, Role.STORE})
    ResponseEntity<Object> openRegister(
            @PathVariable MerchantId id, @RequestBody NewRegister body, Caller caller) {
        mayAct(caller, id);
        var registerId = new RegisterId(UuidCreator.getTimeOrderedEpoch());
        return requests.perform(
                new ChangeStore(
                        id,
                        new ChangeStore.Change.OpenRegister(
                                registerId, Fields.text(body.name(), "/name", 40))),
                caller);
    }

    record NewOperator(
            @Nullable String displayName, @Nullable String login, @Nullable String password) {
        @Override
        public String toString() {
            return "a new operator";
        }
    }

    @PostMapping("/api/v1/merchants/{id}/operators")
    @May({Role.FINANCE_CLERK, Role.STORE})
    ResponseEntity<Object> employ(
            @PathVariable MerchantId id, @RequestBody NewOperator body, Caller caller) {
        mayAct(caller, id);
        var login = NewLogin.required(body.login(), body.password());
        var operator =
                new StoreRegistration.Operator(
                        Fields.text(body.displayName(), "/displayName", 100));
        return requests.answer(
                registration.employ(
                        id, operator, login.name(), login.password(), requests.stamp(caller)));
    }

    private static void mayAct(Caller caller, MerchantId id) {
        if (!caller.is(Role.FINANCE_CLERK) && !caller.keeps(id)) {
            throw Problem.forbidden();
        }
    }
}
