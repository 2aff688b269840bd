package jp.hashimo.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProjectionTest extends ApiTest {
    private static final Map<String, Object> NOTHING = Map.of();

    @Test
    void an_operator_has_a_projection_made_again_and_sees_it_through() {
        Person buyer = citizenWith(2_000, now().plus(Duration.ofDays(30)));
        String wallet = "/api/v1/wallets/" + buyer.walletId();
        String before = Call.by(buyer).get(wallet).text();
        Person admin = staff(Role.ADMIN);

        Reply begun = Call.by(admin).post("/api/v1/projections/wallet/rebuild", NOTHING);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        while (projection(admin, "wallet").has("rebuild")) {
            assertThat(Call.by(buyer).get(wallet).text()).isEqualTo(before);
        }

        assertThat(Call.by(buyer).get(wallet).text()).isEqualTo(before);
        assertThat(projection(admin, "wallet").path("stopped").asBoolean()).isFalse();
    }

    @Test
    void there_is_nothing_to_give_up_where_nothing_was_begun() {
        assertThat(
                        Call.by(staff(Role.ADMIN))
                                .post("/api/v1/projections/journal/rebuild/abandon", NOTHING)
                                .problem())
                .isEqualTo("409 no-rebuild");
    }

    @Test
    void what_is_no_projection_is_not_found() {
        assertThat(
                        Call.by(staff(Role.ADMIN))
                                .post("/api/v1/projections/event/rebuild", NOTHING)
                                .status())
                .isEqualTo(404);
    }

    @Test
    void where_each_stands_can_be_measured() {
        assertThat(Call.byNobody().get("/actuator/prometheus").text())
                .contains("hashimo_projection_behind{projection=\"wallet\"}")
                .contains("hashimo_projection_stopped{projection=\"due\"} 0.0");
    }

    private static JsonNode projection(Person admin, String name) {
        Reply all = Call.by(admin).get("/api/v1/projections");
        for (JsonNode projection : all.json().path("projections")) {
            if (projection.path("name").asString().equals(name)) {
                return projection;
            }
        }
        throw new AssertionError(name + " is not among " + all);
    }
}
