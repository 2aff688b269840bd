package jp.hashimo.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import org.junit.jupiter.api.Test;

class SessionTest extends ApiTest {

    @Test
    void whoever_knows_login_and_password_gets_a_token_that_tells_the_role() {
        var caller = new Caller(userId(), Set.of(Role.AUDITOR), null, null, null, null);
        signIn(caller, "kenpin-no-hi");

        var reply =
                Call.byNobody()
                        .withoutKey()
                        .post(
                                "/api/v1/sessions",
                                Map.of(
                                        "login",
                                        caller.userId().toString(),
                                        "password",
                                        "kenpin-no-hi"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/roles/0")).isEqualTo("AUDITOR");
        var person = new Person(caller, reply.at("/token"));
        assertThat(Call.by(person).get("/api/v1/requests/none").problem())
                .isEqualTo("404 request-unknown");
    }

    @Test
    void a_wrong_password_opens_nothing() {
        var reply =
                Call.byNobody()
                        .post("/api/v1/sessions", Map.of("login", "nobody", "password", "nothing"));

        assertThat(reply.problem()).isEqualTo("401 unauthenticated");
    }
}
