package jp.hashimo.api.staff;

import static jp.hashimo.api.http.Fields.optional;
import static jp.hashimo.api.http.Fields.required;
import static jp.hashimo.api.http.Fields.text;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.NewLogin;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.http.StoredAnswers;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.ledger.id.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * An administrator gives the staff their logins; the first administrator comes by a code on the
 * service's console.
 */
@RestController
class StaffController {
    /** Residents and stores get their logins with their registration. */
    private static final Set<Role> OF_THE_CITY =
            EnumSet.complementOf(EnumSet.of(Role.CITIZEN, Role.STORE));

    /** Who runs, reads or looks on has no say over money, and so no other role. */
    private static final Set<Role> WITHOUT_A_SAY =
            EnumSet.of(Role.ADMIN, Role.SUPPORT, Role.AUDITOR);

    private static final int LONGEST = 100;

    private final StoredAnswers answers;
    private final Requests requests;
    private final Accounts accounts;
    private final Vault vault;
    private final FirstAdministrator first;

    StaffController(
            StoredAnswers answers,
            Requests requests,
            Accounts accounts,
            Vault vault,
            FirstAdministrator first) {
        this.answers = answers;
        this.requests = requests;
        this.accounts = accounts;
        this.vault = vault;
        this.first = first;
    }

    record Newcomer(
            @Nullable String displayName,
            @Nullable Set<Role> roles,
            @Nullable String department,
            @Nullable String login,
            @Nullable String password) {}

    @PostMapping("/api/v1/staff")
    @May(Role.ADMIN)
    ResponseEntity<Object> add(@RequestBody Newcomer body, Caller admin) {
        Set<Role> roles = required(body.roles(), "/roles");
        boolean mixed = roles.size() > 1 && roles.stream().anyMatch(WITHOUT_A_SAY::contains);
        if (roles.isEmpty() || mixed || !OF_THE_CITY.containsAll(roles)) {
            throw Problem.malformed("/roles");
        }
        String department = optional(body.department(), "/department", LONGEST);
        if (roles.contains(Role.DEPARTMENT_CLERK) && department == null) {
            throw Problem.malformed("/department");
        }
        String name = text(body.displayName(), "/displayName", LONGEST);
        NewLogin login = NewLogin.required(body.login(), body.password());
        return answers.once(requests.stamp(admin), () -> open(name, roles, department, login));
    }

    record Beginning(
            @Nullable String code,
            @Nullable String displayName,
            @Nullable String login,
            @Nullable String password) {}

    /** Works once, with the code that the console showed, while there is no administrator. */
    @PostMapping("/api/v1/staff/first")
    @Anyone
    ResponseEntity<Object> begin(@RequestBody Beginning body) {
        String code = text(body.code(), "/code", LONGEST);
        String name = text(body.displayName(), "/displayName", LONGEST);
        NewLogin login = NewLogin.required(body.login(), body.password());
        return answers.once(
                requests.stamp("first administrator"),
                () -> {
                    if (!first.isProvenBy(code)) {
                        throw Problem.forbidden();
                    }
                    return open(name, Set.of(Role.ADMIN), null, login);
                });
    }

    private Answer open(String name, Set<Role> roles, @Nullable String department, NewLogin login) {
        var userId = new UserId(UuidCreator.getTimeOrderedEpoch());
        var caller = new Caller(userId, roles, null, null, null, department);
        if (!accounts.open(caller, login.name(), login.password())) {
            throw Problem.of(409, "already-registered");
        }
        vault.put(userId, new StaffMember(name));
        return Answer.created(Map.of("userId", userId, "roles", roles));
    }

    /** What is known of a member of the staff, and kept in the vault alone. */
    record StaffMember(String displayName) {}
}
