package jp.hashimo.api.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.money.Points;
import org.junit.jupiter.api.Test;

class ApprovalTest extends ApiTest {
    private static final String APPROVALS = "/api/v1/approvals";

    private final Person manager = staff(Role.CAMPAIGN_MANAGER);
    private final Person colleague = staff(Role.CAMPAIGN_MANAGER);
    private final CampaignId campaign = saleUntil(now().plus(Duration.ofDays(100)));

    private ApprovalId raised(long premiumBudget) {
        var approvalId = new ApprovalId(fresh());
        done(
                new SteerCampaign(
                        campaign,
                        new SteerCampaign.Move.RaiseBudget(approvalId, new Points(premiumBudget)),
                        manager.caller().userId()));
        return approvalId;
    }

    @Test
    void everyone_sees_what_waits_for_them_page_by_page() {
        List<String> ids =
                IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> raised(3_000_000 + i * 300).toString())
                        .toList();

        var seen = new ArrayList<String>();
        String next = "";
        do {
            Reply page =
                    Call.by(colleague)
                            .get(
                                    APPROVALS
                                            + "?limit=2"
                                            + (next.isEmpty() ? "" : "&cursor=" + next));
            page.json()
                    .at("/items")
                    .forEach(item -> {
                        if (item.at("/subjectId").asString().equals(campaign.toString())) {
                            seen.add(item.at("/approvalId").asString());
                            assertThat(item.at("/kind").asString()).isEqualTo("BUDGET_RAISE");
                            assertThat(item.at("/state").asString()).isEqualTo("WAITING");
                            assertThat(item.at("/detail/premiumBudget").longValue())
                                    .isGreaterThan(3_000_000);
                        }
                    });
            next = page.at("/next");
        } while (!next.isEmpty());
        assertThat(seen).containsExactlyElementsOf(ids);

        for (Person other :
                List.of(manager, staff(Role.FINANCE_APPROVER), staff(Role.FINANCE_CLERK))) {
            assertThat(Call.by(other).get(APPROVALS + "?limit=500").text())
                    .doesNotContain(campaign.toString());
        }
        assertThat(Call.by(citizen()).get(APPROVALS).problem()).isEqualTo("403 forbidden");
        assertThat(Call.by(colleague).get(APPROVALS + "?cursor=bm9uc2Vuc2U").problem())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void nobody_agrees_to_their_own_raise_and_finance_not_at_all() {
        ApprovalId approval = raised(4_000_000);
        long before = head();
        for (String verdict : List.of("/approve", "/reject")) {
            Reply own = Call.by(manager).post(APPROVALS + "/" + approval + verdict);
            assertThat(own.problem()).isEqualTo("403 same-person");
            assertThat(own.position()).isEqualTo(before);
            assertThat(
                            Call.by(staff(Role.FINANCE_APPROVER))
                                    .post(APPROVALS + "/" + approval + verdict)
                                    .problem())
                    .isEqualTo("403 forbidden");
            assertThat(Call.byNobody().post(APPROVALS + "/" + approval + verdict).problem())
                    .isEqualTo("401 unauthenticated");
        }
        assertThat(Call.by(colleague).post(APPROVALS + "/apr_1/approve").problem())
                .isEqualTo("404 not-found");
        assertThat(head()).isEqualTo(before);
    }
}
