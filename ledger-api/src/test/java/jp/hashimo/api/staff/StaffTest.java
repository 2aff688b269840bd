package jp.hashimo.api.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaffTest extends ApiTest {

    @Test
    void an_administrator_gives_a_clerk_a_login_once_however_often_the_button_is_pressed() {
        var admin = staff(Role.ADMIN);
        String login = "clerk-" + fresh();
        Map<String, Object> body =
                Map.of(
                        "displayName",
                        "会計 一子",
                        "roles",
                        List.of("FINANCE_CLERK"),
                        "login",
                        login,
                        "password",
                        "long-enough");
        Reply first = Call.by(admin).key("a").post("/api/v1/staff", body);
        Reply again = Call.by(admin).key("a").post("/api/v1/staff", body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.isReplay()).isTrue();
        assertThat(again.text()).isEqualTo(first.text());

        Reply session =
                Call.byNobody()
                        .post(
                                "/api/v1/sessions",
                                Map.of("login", login, "password", "long-enough"));
        assertThat(session.json().path("roles").toString()).isEqualTo("[\"FINANCE_CLERK\"]");
    }

    @Test
    void residents_and_stores_are_not_staff() {
        var body =
                Map.of(
                        "displayName",
                        "だれか",
                        "roles",
                        List.of("CITIZEN"),
                        "login",
                        "x-" + fresh(),
                        "password",
                        "long-enough");
        assertThat(Call.by(staff(Role.ADMIN)).post("/api/v1/staff", body).problem())
                .isEqualTo("400 malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "SUPPORT", "AUDITOR"})
    void who_runs_reads_or_audits_has_no_say_over_money(String role) {
        var body =
                Map.of(
                        "displayName",
                        "だれか",
                        "roles",
                        List.of(role, "FINANCE_CLERK"),
                        "login",
                        "m-" + fresh(),
                        "password",
                        "long-enough");
        Reply reply = Call.by(staff(Role.ADMIN)).post("/api/v1/staff", body);
        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer")).isEqualTo("/roles");
    }

    @Test
    void a_department_clerk_belongs_to_a_department() {
        var body =
                Map.of(
                        "displayName",
                        "健康 一美",
                        "roles",
                        List.of("DEPARTMENT_CLERK"),
                        "login",
                        "d-" + fresh(),
                        "password",
                        "long-enough");
        assertThat(Call.by(staff(Role.ADMIN)).post("/api/v1/staff", body).at("/pointer"))
                .isEqualTo("/department");
    }

    @Test
    void the_code_of_the_console_is_of_no_use_once_there_is_an_administrator() {
        staff(Role.ADMIN);
        var body =
                Map.of(
                        "code",
                        bean(FirstAdministrator.class).code,
                        "displayName",
                        "管理 守",
                        "login",
                        "admin-" + fresh(),
                        "password",
                        "long-enough");
        assertThat(Call.byNobody().post("/api/v1/staff/first", body).problem())
                .isEqualTo("403 forbidden");
    }
}
