package jp.hashimo.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Who may make which call: as the code says it, as {@code docs/access.md} says it, and as the
 * running service does it.
 */
class AccessTableTest extends ApiTest {
    private static final Path DOCUMENT = Path.of("../docs/access.md");
    private static final Path FRESH = Path.of("target/access.md");
    private static final String NOTHING = "00000000000000000000000000000000";

    private record Api(String method, String path, HandlerMethod handler) {
        String name() {
            return method + " " + path;
        }

        Set<Role> allowed() {
            May may = handler.getMethodAnnotation(May.class);
            return may == null ? Set.of() : Set.of(may.value());
        }

        boolean isForAnyone() {
            return handler.hasMethodAnnotation(Anyone.class);
        }
    }

    @Test
    void every_call_says_who_may_make_it() {
        assertThat(calls())
                .isNotEmpty()
                .allMatch(call -> call.isForAnyone() != !call.allowed().isEmpty());
    }

    @Test
    void the_document_shows_the_table_of_the_code() throws IOException {
        Files.writeString(FRESH, document());
        assertThat(DOCUMENT)
                .as("made afresh in %s: read it, then copy it over", FRESH)
                .hasSameTextualContentAs(FRESH);
    }

    @Test
    void whoever_has_not_signed_in_is_asked_to() {
        for (Api call : restricted()) {
            Reply reply = send(call, Call.byNobody());
            assertThat(reply.status()).as("%s by nobody: %s", call.name(), reply).isEqualTo(401);
        }
    }

    @Test
    void a_role_that_is_not_in_the_table_is_refused_and_the_log_stands_still() {
        Map<Role, Person> people = onePersonOfEachRole();
        long before = head();
        for (Api call : restricted()) {
            people.forEach((role, person) -> {
                if (!call.allowed().contains(role)) {
                    Reply reply = send(call, Call.by(person));
                    assertThat(reply.status())
                            .as("%s by %s: %s", call.name(), role, reply)
                            .isEqualTo(403);
                }
            });
        }
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void a_role_in_the_table_is_let_in_to_be_told_what_is_wrong_with_an_empty_request() {
        Map<Role, Person> people = onePersonOfEachRole();
        for (Api call : restricted()) {
            people.forEach((role, person) -> {
                if (call.allowed().contains(role) && !call.path().endsWith("/stream")) {
                    isLetIn(
                            call,
                            role,
                            send(call, Call.by(person).with("Access-Reason", "a test")));
                }
            });
        }
    }

    private static void isLetIn(Api call, Role role, Reply reply) {
        assertThat(reply.status())
                .as("%s by %s: %s", call.name(), role, reply)
                .isNotEqualTo(401)
                .isLessThan(500);
        if (reply.status() == 403) {
            // Let in by the table, then told that the thing itself is not theirs.
            assertThat(call.method()).as("%s by %s", call.name(), role).isNotEqualTo("GET");
        }
    }

    private static Map<Role, Person> onePersonOfEachRole() {
        Map<Role, Person> people = new EnumMap<>(Role.class);
        Stream.of(Role.values()).forEach(role -> people.put(role, staff(role)));
        return people;
    }

    private static Reply send(Api call, Call by) {
        String path = call.path().replaceAll("\\{[^}]*}", idFor(call.path()));
        return switch (call.method()) {
            case "GET" -> by.get(path);
            case "POST" -> by.post(path, Map.of());
            case "PATCH" -> by.patch(path, Map.of());
            case "DELETE" -> by.delete(path);
            default -> throw new IllegalStateException(call.name());
        };
    }

    private static String idFor(String path) {
        String resource = path.replaceFirst("^/api/v1/", "").replaceFirst("/.*", "");
        return switch (resource) {
                    case "campaigns" -> "cmp_";
                    case "purchases" -> "pur_";
                    case "wallets" -> "wal_";
                    case "merchants" -> "mer_";
                    case "payments" -> "pay_";
                    case "approvals" -> "apr_";
                    default -> "";
                }
                + NOTHING;
    }

    private static List<Api> restricted() {
        return calls().stream().filter(call -> !call.isForAnyone()).toList();
    }

    private static List<Api> calls() {
        var calls = new TreeMap<String, Api>();
        bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getPackageName().startsWith("jp.hashimo")) {
                        for (String path : mapping.getPatternValues()) {
                            if (path.startsWith("/api/")) {
                                mapping.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method -> {
                                            var call = new Api(method.name(), path, handler);
                                            calls.put(path + " " + method, call);
                                        });
                            }
                        }
                    }
                });
        return new ArrayList<>(calls.values());
    }

    private static String document() {
        String head =
                """
                # Who may make which call

                Made from the code, and compared with it and with the running service by a test. A call that is not the caller's own business
                (another's wallet, another store's payment) is refused by the call itself: 404 to whoever reads, 403 to whoever acts.

                | call | who |
                |---|---|
                """;
        return head
                + calls().stream()
                        .map(call -> "| `" + call.name() + "` | " + who(call) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String who(Api call) {
        return call.isForAnyone()
                ? "anyone"
                : call.allowed().stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }
}
