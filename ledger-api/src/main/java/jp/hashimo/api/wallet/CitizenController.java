package jp.hashimo.api.wallet;

import java.time.LocalDate;
import java.util.Objects;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Callers;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.http.StoredAnswers;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.money.TokyoTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Residents come in: at the counter with a document, or by themselves with their phone. */
@RestController
class CitizenController {
    private final Registrations registrations;
    private final Activations activations;
    private final CitizenSearch search;
    private final ActivationCodes codes;
    private final PersonKeys keys;
    private final Requests requests;
    private final StoredAnswers answers;
    private final Reads reads;
    private final LedgerClock clock;

    CitizenController(
            Registrations registrations,
            Activations activations,
            CitizenSearch search,
            ActivationCodes codes,
            PersonKeys keys,
            Requests requests,
            StoredAnswers answers,
            Reads reads,
            LedgerClock clock) {
        this.registrations = registrations;
        this.activations = activations;
        this.search = search;
        this.codes = codes;
        this.keys = keys;
        this.requests = requests;
        this.answers = answers;
        this.reads = reads;
        this.clock = clock;
    }

    @PostMapping("/api/v1/citizens")
    @Anyone
    ResponseEntity<Object> register(@RequestBody Registration.Body body) {
        LocalDate today = TokyoTime.businessDateOf(clock.instant());
        Registration person = body.checked(today);
        Caller clerk = Callers.current().filter(c -> c.is(Role.COUNTER)).orElse(null);
        if (clerk == null) {
            refuseUnlessForOneself(person);
        }
        Stamp stamp =
                clerk == null
                        ? requests.stamp(keys.caller(Objects.requireNonNull(person.phone())))
                        : requests.stamp(clerk);
        return requests.answer(
                registrations.register(person, clerk == null ? null : clerk.userId(), stamp));
    }

    /** Only the counter has seen a document, and only the counter knows better than the rule. */
    private static void refuseUnlessForOneself(Registration person) {
        if (person.phoneCode() == null || person.overrideReason() != null) {
            throw Callers.current().isEmpty()
                    ? Problem.of(401, "unauthenticated")
                    : Problem.forbidden();
        }
    }

    record Activate(
            @Nullable String activationCode, @Nullable String login, @Nullable String password) {}

    /** Whoever has the code from the counter chooses a login with it, once. */
    @PostMapping("/api/v1/citizens/activate")
    @Anyone
    ResponseEntity<Object> activate(@RequestBody Activate body) {
        String code = Fields.text(body.activationCode(), "/activationCode", 40);
        var login = NewLogin.required(body.login(), body.password());
        Stamp stamp = requests.stamp(codes.keyOf(code));
        var holder = activations.holder(code);
        return answers.once(stamp, () -> activations.activate(holder, code, login));
    }

    /** By wallet, citizen, whole phone number or whole reading. */
    @GetMapping("/api/v1/citizens")
    @May({Role.COUNTER, Role.SUPPORT})
    ResponseEntity<Object> find(
            @RequestParam String q,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page.Ask ask = Page.ask(limit, cursor);
        return reads.answer("wallet", () -> search.find(q, ask));
    }
}
