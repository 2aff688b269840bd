package jp.hashimo.api.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.merchant.BankAccountChange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class BankAccountChangeTest extends ApiTest {
    private static final String APPROVALS = "/api/v1/approvals";

    private final Person clerk = staff(Role.FINANCE_CLERK);
    private final Person approver = staff(Role.FINANCE_APPROVER);
    private final MerchantId store = store();

    private MerchantId store() {
        Reply reply =
                Call.by(clerk)
                        .post(
                                "/api/v1/merchants",
                                Map.of(
                                        "name",
                                        "橋本屋",
                                        "storeClass",
                                        "LOCAL",
                                        "bankAccount",
                                        account("1111111")));
        return MerchantId.parse(reply.at("/merchantId"));
    }

    private static Map<String, Object> account(String number) {
        return Map.of(
                "bankCode", "0162",
                "branchCode", "415",
                "type", "1",
                "number", number,
                "holderKana", "ハシモトヤ");
    }

    private ApprovalId proposed(Person by, String number) {
        Reply reply =
                Call.by(by)
                        .patch(
                                "/api/v1/merchants/" + store,
                                Map.of("bankAccount", account(number)));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("/state")).isEqualTo("WAITING");
        return ApprovalId.parse(reply.at("/approvalId"));
    }

    private String paidTo() {
        return bean(StoreProfiles.class).find(store).orElseThrow().bankAccount().number();
    }

    private static boolean stillWaits(ApprovalId approvalId) {
        return bean(Vault.class).get(approvalId, BankAccount.class).isPresent();
    }

    private static List<String> waitingFor(Person person) {
        return Call.by(person)
                .get(APPROVALS + "?limit=500")
                .json()
                .at("/items")
                .findValuesAsString("approvalId");
    }

    @Test
    void a_new_account_is_paid_when_a_second_person_agrees() {
        ApprovalId approval = proposed(clerk, "2222222");
        assertThat(paidTo()).isEqualTo("1111111");
        assertThat(waitingFor(approver)).contains(approval.toString());
        assertThat(waitingFor(clerk)).doesNotContain(approval.toString());
        JsonNode item =
                Call.by(approver)
                        .get(APPROVALS + "?limit=500")
                        .json()
                        .at("/items")
                        .valueStream()
                        .filter(i -> i.at("/approvalId").asString().equals(approval.toString()))
                        .findFirst()
                        .orElseThrow();
        assertThat(item.at("/kind").asString()).isEqualTo("BANK_ACCOUNT");
        assertThat(item.at("/detail/bankAccount/number").asString()).isEqualTo("2222222");
        assertThat(item.at("/detail/merchantName").asString()).isEqualTo("橋本屋");

        Reply approved = Call.by(approver).key("ok").post(APPROVALS + "/" + approval + "/approve");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.at("/state")).isEqualTo("APPROVED");
        assertThat(paidTo()).isEqualTo("2222222");
        assertThat(stillWaits(approval)).isFalse();
        assertThat(waitingFor(approver)).doesNotContain(approval.toString());
        assertThat(
                        Call.by(approver)
                                .key("ok")
                                .post(APPROVALS + "/" + approval + "/approve")
                                .isReplay())
                .isTrue();

        long before = head();
        Reply closed = Call.by(approver).post(APPROVALS + "/" + approval + "/reject");
        assertThat(closed.problem()).isEqualTo("409 approval-closed");
        assertThat(closed.position()).isEqualTo(before);
        assertThat(paidTo()).isEqualTo("2222222");
    }

    @Test
    void a_rejected_account_is_forgotten() {
        ApprovalId approval = proposed(clerk, "2222222");
        Reply rejected = Call.by(approver).post(APPROVALS + "/" + approval + "/reject");

        assertThat(rejected.at("/state")).isEqualTo("REJECTED");
        assertThat(paidTo()).isEqualTo("1111111");
        assertThat(stillWaits(approval)).isFalse();
    }

    @Test
    void nobody_agrees_to_their_own_proposal_and_not_everybody_to_anothers() {
        Person both =
                signIn(
                        new Caller(
                                userId(),
                                Set.of(Role.FINANCE_CLERK, Role.FINANCE_APPROVER),
                                null,
                                null,
                                null,
                                null));
        ApprovalId approval = proposed(both, "2222222");
        long before = head();

        Reply same = Call.by(both).post(APPROVALS + "/" + approval + "/approve");
        assertThat(same.problem()).isEqualTo("403 same-person");
        assertThat(same.position()).isEqualTo(before);
        assertThat(Call.by(clerk).post(APPROVALS + "/" + approval + "/approve").problem())
                .isEqualTo("403 forbidden");
        assertThat(
                        Call.by(staff(Role.CAMPAIGN_MANAGER))
                                .post(APPROVALS + "/" + approval + "/approve")
                                .problem())
                .isEqualTo("403 forbidden");
        assertThat(Call.by(citizen()).post(APPROVALS + "/" + approval + "/approve").problem())
                .isEqualTo("403 forbidden");
        assertThat(
                        Call.by(approver)
                                .withoutKey()
                                .post(APPROVALS + "/" + approval + "/approve")
                                .problem())
                .isEqualTo("400 idempotency-key-required");
        assertThat(
                        Call.by(approver)
                                .post(APPROVALS + "/apr_" + "0".repeat(32) + "/approve")
                                .problem())
                .isEqualTo("404 not-found");
        assertThat(stillWaits(approval)).isTrue();
        assertThat(paidTo()).isEqualTo("1111111");
    }

    @Test
    void what_was_agreed_to_before_the_process_died_is_moved_a_little_later() {
        ApprovalId older = proposed(clerk, "2222222");
        // The fact is in the log, and then the process dies.
        done(new BankAccountChange.Judge(older, true, userId()));
        ApprovalId rejected = proposed(clerk, "4444444");
        done(new BankAccountChange.Judge(rejected, false, userId()));

        settleALittleLater();
        assertThat(paidTo()).isEqualTo("2222222");
        assertThat(stillWaits(older)).isFalse();
        assertThat(stillWaits(rejected)).isFalse();
    }

    @Test
    void what_was_agreed_to_is_told_so_though_the_vault_is_out_of_reach_and_is_moved_later() {
        ApprovalId approval = proposed(clerk, "2222222");
        byte[] sealed = sealed(approval);
        seal(approval, new byte[40]);
        Reply approved = Call.by(approver).post(APPROVALS + "/" + approval + "/approve");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(approved.at("/state")).isEqualTo("APPROVED");
        assertThat(paidTo()).isEqualTo("1111111");

        seal(approval, sealed);
        settleALittleLater();
        assertThat(paidTo()).isEqualTo("2222222");
        assertThat(stillWaits(approval)).isFalse();
    }

    @Test
    void what_is_shown_by_tables_of_a_lost_past_only_moves_no_account() {
        ApprovalId approval = proposed(clerk, "2222222");
        done(new BankAccountChange.Judge(approval, false, userId()));
        whileAstray(
                "approval",
                () -> {
                    bean(WhenBankAccountIsJudgedThenSettleIt.class).settle();
                    assertThat(stillWaits(approval)).isTrue();
                });

        settleALittleLater();
        assertThat(stillWaits(approval)).isFalse();
    }

    private static byte[] sealed(ApprovalId approval) {
        return bean(JdbcClient.class)
                .sql("SELECT sealed FROM personal_data WHERE subject_id = ?")
                .param(approval.toString())
                .query(byte[].class)
                .single();
    }

    private static void seal(ApprovalId approval, byte[] sealed) {
        bean(JdbcClient.class)
                .sql("UPDATE personal_data SET sealed = ? WHERE subject_id = ?")
                .params(sealed, approval.toString())
                .update();
    }

    private static void settleALittleLater() {
        workOffWhatIsDue();
        bean(WhenBankAccountIsJudgedThenSettleIt.class).settle();
    }

    @Test
    void an_older_change_never_replaces_a_newer_one() {
        ApprovalId older = proposed(clerk, "2222222");
        done(new BankAccountChange.Judge(older, true, userId()));
        ApprovalId newer = proposed(clerk, "3333333");
        Call.by(approver).post(APPROVALS + "/" + newer + "/approve");
        assertThat(paidTo()).isEqualTo("3333333");

        settleALittleLater();
        assertThat(paidTo()).isEqualTo("3333333");
        assertThat(stillWaits(older)).isFalse();
    }
}
