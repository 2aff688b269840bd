package jp.hashimo.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CampaignTest extends ApiTest {
    private static final String CAMPAIGNS = "/api/v1/campaigns";

    private final Person manager = staff(Role.CAMPAIGN_MANAGER);
    private final Person colleague = staff(Role.CAMPAIGN_MANAGER);
    private final Instant opening = now().truncatedTo(ChronoUnit.SECONDS);

    /** The reference campaign, but on sale from now. */
    private Map<String, Object> terms() {
        var terms = new HashMap<String, Object>();
        terms.put("name", "Hashi-Mo プレミアム付デジタル商品券");
        terms.put("fiscalYear", 2023);
        terms.put("unit", 1_000);
        terms.put("premiumPerUnit", 300);
        terms.put("capPerPerson", 10_000);
        terms.put("premiumBudget", 30_000_000);
        terms.put("saleFrom", opening.toString());
        terms.put("saleUntil", opening.plus(Duration.ofDays(120)).toString());
        terms.put("expiresAt", opening.plus(Duration.ofDays(135)).toString());
        terms.put("lateReversal", "FORFEIT");
        return terms;
    }

    private Map<String, Object> terms(String field, Object value) {
        Map<String, Object> terms = terms();
        terms.put(field, value);
        return terms;
    }

    private String drafted(Map<String, Object> terms) {
        Reply draft = Call.by(manager).post(CAMPAIGNS, terms);
        assertThat(draft.status()).as(draft.toString()).isEqualTo(201);
        assertThat(draft.at("/state")).isEqualTo("DRAFT");
        return draft.at("/campaignId");
    }

    private String approved(Map<String, Object> terms) {
        String id = drafted(terms);
        assertThat(steer(colleague, id, "approve").at("/state")).isEqualTo("APPROVED");
        return id;
    }

    private static Reply steer(Person by, String id, String move) {
        return Call.by(by).post(CAMPAIGNS + "/" + id + "/" + move);
    }

    private static Reply show(String id) {
        return Call.byNobody().get(CAMPAIGNS + "/" + id);
    }

    private static String state(String id) {
        return show(id).at("/state");
    }

    @Test
    void a_draft_is_approved_by_a_colleague_and_everybody_sees_it() {
        String id = drafted(terms());
        assertThat(state(id)).isEqualTo("DRAFT");

        refused("403 same-person", () -> steer(manager, id, "approve"));
        Reply approved = steer(colleague, id, "approve");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.at("/campaignId")).isEqualTo(id);
        assertThat(
                        refused("409 campaign-state", () -> steer(colleague, id, "approve"))
                                .at("/state"))
                .isEqualTo("APPROVED");

        JsonNode seen = show(id).json();
        assertThat(seen.at("/state").asString()).isEqualTo("ON_SALE");
        assertThat(seen.at("/name").asString()).isEqualTo("Hashi-Mo プレミアム付デジタル商品券");
        assertThat(seen.at("/unit").longValue()).isEqualTo(1_000);
        assertThat(seen.at("/premiumPerUnit").longValue()).isEqualTo(300);
        assertThat(seen.at("/capPerPerson").longValue()).isEqualTo(10_000);
        assertThat(seen.at("/premiumBudget").longValue()).isEqualTo(30_000_000);
        assertThat(seen.at("/premiumIssued").longValue()).isZero();
        assertThat(seen.at("/premiumReserved").longValue()).isZero();
        assertThat(seen.at("/premiumRemaining").longValue()).isEqualTo(30_000_000);
        assertThat(seen.at("/unitsRemaining").longValue()).isEqualTo(100_000);
        assertThat(seen.at("/lateReversal").asString()).isEqualTo("FORFEIT");
        assertThat(seen.at("/saleFrom").asString()).endsWith("+09:00");
        assertThat(Instant.parse(seen.at("/saleFrom").asString())).isEqualTo(opening);
    }

    @Test
    void a_campaign_nobody_drafted_is_not_found() {
        String nothing = "cmp_00000000000000000000000000000000";
        assertThat(show(nothing).problem()).isEqualTo("404 not-found");
        assertThat(show("cmp_nothing").problem()).isEqualTo("404 not-found");
        refused("404 not-found", () -> steer(manager, nothing, "approve"));
    }

    @ParameterizedTest
    @CsvSource({
        "name,'',1-100-characters",
        "fiscalYear,1999,2000-2999",
        "unit,0,positive",
        "unit,-1000,whole-positive-amount",
        "unit,1000.5,whole-positive-amount",
        "premiumPerUnit,0,whole-yen-from-1-to-unit",
        "premiumPerUnit,1001,whole-yen-from-1-to-unit",
        "capPerPerson,0,positive-multiple-of-unit",
        "capPerPerson,10500,positive-multiple-of-unit",
        "premiumBudget,299,covers-one-unit",
        "premiumBudget,9223372036854775807,covers-one-unit",
        "premiumBudget,9223372036854775808,whole-positive-amount"
    })
    void terms_that_break_a_rule_are_refused_by_field_and_rule(
            String field, String value, String rule) {
        Object sent = field.equals("name") ? value : new BigDecimal(value);
        Reply reply =
                refused(
                        "422 invalid-campaign",
                        () -> Call.by(manager).post(CAMPAIGNS, terms(field, sent)));
        assertThat(reply.at("/field")).isEqualTo(field);
        assertThat(reply.at("/rule")).isEqualTo(rule);
        assertThat(reply.at("/detail")).contains(field, rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3", "333.3", "1e-3", "300.0000001"})
    void a_premium_that_gives_no_whole_yen_for_a_unit_is_refused(String premium) {
        Reply reply =
                refused(
                        "422 invalid-campaign",
                        () ->
                                Call.by(manager)
                                        .post(
                                                CAMPAIGNS,
                                                terms("premiumPerUnit", new BigDecimal(premium))));
        assertThat(reply.at("/field")).isEqualTo("premiumPerUnit");
    }

    @Test
    void a_window_that_ends_before_it_begins_and_points_that_end_before_the_sale_are_refused() {
        Reply backwards =
                refused(
                        "422 invalid-campaign",
                        () ->
                                Call.by(manager)
                                        .post(CAMPAIGNS, terms("saleUntil", opening.toString())));
        assertThat(backwards.at("/field")).isEqualTo("saleUntil");
        Reply early =
                refused(
                        "422 invalid-campaign",
                        () ->
                                Call.by(manager)
                                        .post(
                                                CAMPAIGNS,
                                                terms(
                                                        "expiresAt",
                                                        opening.plus(Duration.ofDays(119))
                                                                .toString())));
        assertThat(early.at("/field")).isEqualTo("expiresAt");
    }

    @Test
    void a_name_nothing_can_store_and_an_instant_nobody_means_are_refused_as_malformed() {
        for (var broken :
                List.of(
                        terms("name", "a\u0000b"),
                        terms("name", "two\nlines"),
                        terms("expiresAt", "+999999999-12-31T23:59:59Z"),
                        terms("saleFrom", "-4000-01-01T00:00:00Z"),
                        terms("saleFrom", "2023-10-02T09:00:00"),
                        terms("saleFrom", 1_696_204_800))) {
            refused("400 malformed-request", () -> Call.by(manager).post(CAMPAIGNS, broken));
        }
    }

    @Test
    void late_reversals_are_forfeited_unless_days_of_grace_are_given() {
        assertThat(
                        show(drafted(terms("lateReversal", Map.of("graceDays", 30))))
                                .number("/lateReversal/graceDays"))
                .isEqualTo(30);
        Map<String, Object> unsaid = terms();
        unsaid.remove("lateReversal");
        assertThat(show(drafted(unsaid)).at("/lateReversal")).isEqualTo("FORFEIT");
        for (Object bad :
                List.of("GRACE", Map.of("graceDays", 0), Map.of("graceDays", 181), List.of(), 30)) {
            assertThat(
                            refused(
                                            "422 invalid-campaign",
                                            () ->
                                                    Call.by(manager)
                                                            .post(
                                                                    CAMPAIGNS,
                                                                    terms("lateReversal", bad)))
                                    .at("/field"))
                    .isEqualTo("lateReversal");
        }
    }

    @Test
    void a_suspended_campaign_sells_again_when_it_is_resumed() {
        String draft = drafted(terms());
        for (String move : List.of("suspend", "resume")) {
            assertThat(
                            refused("409 campaign-state", () -> steer(manager, draft, move))
                                    .at("/state"))
                    .isEqualTo("DRAFT");
        }
        String id = approved(terms());
        assertThat(refused("409 campaign-state", () -> steer(manager, id, "resume")).at("/state"))
                .isEqualTo("APPROVED");
        assertThat(steer(manager, id, "suspend").at("/state")).isEqualTo("SUSPENDED");
        assertThat(state(id)).isEqualTo("SUSPENDED");
        assertThat(refused("409 campaign-state", () -> steer(manager, id, "suspend")).at("/state"))
                .isEqualTo("SUSPENDED");
        assertThat(steer(manager, id, "resume").status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("ON_SALE");
    }

    @Test
    void the_state_follows_the_clock() {
        Map<String, Object> terms =
                terms("saleFrom", opening.plus(Duration.ofMinutes(10)).toString());
        terms.put("saleUntil", opening.plus(Duration.ofMinutes(20)).toString());
        terms.put("expiresAt", opening.plus(Duration.ofMinutes(30)).toString());
        terms.put("premiumBudget", 300);
        String id = approved(terms);
        var states = new ArrayList<String>();
        states.add(state(id));
        pass(Duration.ofMinutes(10));
        states.add(state(id));
        Person clerk = staff(Role.COUNTER);
        Reply last =
                Call.by(clerk)
                        .post(
                                "/api/v1/purchases",
                                Map.of(
                                        "walletId",
                                        citizen().walletId().toString(),
                                        "campaignId",
                                        id,
                                        "amount",
                                        1_000,
                                        "channel",
                                        "COUNTER"));
        assertThat(last.status()).as(last.toString()).isEqualTo(201);
        assertThat(show(id).number("/premiumReserved")).isEqualTo(300);
        assertThat(show(id).number("/unitsRemaining")).isZero();
        states.add(state(id));
        pass(Duration.ofMinutes(10));
        states.add(state(id));
        assertThat(show(id).number("/premiumReserved")).as("the reservation has lapsed").isZero();
        pass(Duration.ofMinutes(10));
        states.add(state(id));
        assertThat(states).containsExactly("APPROVED", "ON_SALE", "SOLD_OUT", "CLOSED", "EXPIRED");
    }

    @Test
    void a_budget_is_raised_when_a_second_person_agrees() {
        String id = approved(terms());
        Reply waiting = raise(id, 36_000_000);
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.at("/state")).isEqualTo("WAITING");
        String approval = waiting.at("/approvalId");
        assertThat(show(id).number("/premiumBudget")).as("not yet").isEqualTo(30_000_000);

        JsonNode item = waitingFor(colleague, approval);
        assertThat(item.at("/kind").asString()).isEqualTo("BUDGET_RAISE");
        assertThat(item.at("/subjectId").asString()).isEqualTo(id);
        assertThat(item.at("/detail/premiumBudget").longValue()).isEqualTo(36_000_000);
        refused("403 same-person", () -> judge(manager, approval, "approve"));

        Reply agreed = judge(colleague, approval, "approve");
        assertThat(agreed.status()).as(agreed.toString()).isEqualTo(200);
        assertThat(agreed.at("/state")).isEqualTo("APPROVED");
        assertThat(show(id).number("/premiumBudget")).isEqualTo(36_000_000);
        assertThat(show(id).number("/unitsRemaining")).isEqualTo(120_000);
        refused("409 approval-closed", () -> judge(colleague, approval, "reject"));
    }

    @Test
    void a_raise_that_is_rejected_changes_nothing() {
        String id = approved(terms());
        String approval = raise(id, 36_000_000).at("/approvalId");
        assertThat(judge(colleague, approval, "reject").at("/state")).isEqualTo("REJECTED");
        assertThat(show(id).number("/premiumBudget")).isEqualTo(30_000_000);
        refused("409 approval-closed", () -> judge(colleague, approval, "approve"));
    }

    @Test
    void a_budget_is_never_lowered_and_a_draft_has_none_to_raise() {
        String id = approved(terms());
        for (long same : List.of(0L, 29_999_999L, 30_000_000L)) {
            Reply reply = refused("422 invalid-campaign", () -> raise(id, same));
            assertThat(reply.at("/field")).isEqualTo("premiumBudget");
            assertThat(reply.at("/rule")).isEqualTo("more-than-now");
        }
        refused("422 invalid-campaign", () -> raise(id, -1));
        assertThat(refused("422 invalid-campaign", () -> raise(id, Long.MAX_VALUE)).at("/rule"))
                .isEqualTo("at-most-1000000000000");
        String draft = drafted(terms());
        refused("409 campaign-state", () -> raise(draft, 36_000_000));
    }

    @Test
    void only_campaign_managers_steer() {
        String id = drafted(terms());
        for (Person other : List.of(staff(Role.FINANCE_APPROVER), citizen())) {
            refused("403 forbidden", () -> Call.by(other).post(CAMPAIGNS, terms()));
            for (String move : List.of("approve", "suspend", "resume")) {
                refused("403 forbidden", () -> steer(other, id, move));
            }
        }
    }

    private Reply raise(String id, long budget) {
        return Call.by(manager)
                .post(CAMPAIGNS + "/" + id + "/raise-budget", Map.of("premiumBudget", budget));
    }

    private static Reply judge(Person by, String approval, String verdict) {
        return Call.by(by).post("/api/v1/approvals/" + approval + "/" + verdict);
    }

    private static JsonNode waitingFor(Person person, String approval) {
        for (JsonNode item :
                Call.by(person).get("/api/v1/approvals?limit=500").json().at("/items")) {
            if (item.at("/approvalId").asString().equals(approval)) {
                return item;
            }
        }
        throw new AssertionError("does not wait: " + approval);
    }
}
