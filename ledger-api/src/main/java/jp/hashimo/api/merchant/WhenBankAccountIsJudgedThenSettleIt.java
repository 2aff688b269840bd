package jp.hashimo.api.merchant;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.readmodel.ApprovalProjection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whoever judges a change of bank account does with the waiting account what was decided, at once.
 * This does it for those who could not: the process died, the vault was out of reach, or the answer
 * did not come in time. No store may be paid to an account that two people have replaced.
 */
@Configuration(proxyBeanMethods = false)
class WhenBankAccountIsJudgedThenSettleIt {
    private static final Logger LOG =
            LoggerFactory.getLogger(WhenBankAccountIsJudgedThenSettleIt.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final EventLog log;
    private final StoreProfiles profiles;
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    WhenBankAccountIsJudgedThenSettleIt(
            EventLog log, StoreProfiles profiles, JdbcClient jdbc, LedgerId ledgerId) {
        this.log = log;
        this.profiles = profiles;
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    @Bean
    RecurringTask<Void> bankAccountsTask() {
        return Tasks.recurring("bank-accounts", FixedDelay.of(EVERY)).execute((_, _) -> settle());
    }

    /** What the approvals do not show yet waits for the next time. */
    void settle() {
        undone().forEach(this::settle);
    }

    private void settle(String approvalId) {
        try {
            profiles.settle(log.withTag("approval:" + approvalId).getLast());
        } catch (RuntimeException e) {
            LOG.error("The bank account of {} still waits in the vault", approvalId, e);
        }
    }

    private List<String> undone() {
        return jdbc.sql(
                        """
                        SELECT a.approval_id FROM approval a JOIN personal_data p ON p.subject_id = a.approval_id
                         WHERE a.ledger_id = ? AND a.kind = ? AND a.state <> 'WAITING'
                           AND projection_stands(a.ledger_id, 'approval')\
                        """)
                .params(ledgerId.value(), ApprovalProjection.BANK_ACCOUNT)
                .query(String.class)
                .list();
    }
}
