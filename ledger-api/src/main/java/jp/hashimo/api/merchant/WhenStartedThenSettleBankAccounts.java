package jp.hashimo.api.merchant;

import java.time.Duration;
import java.util.List;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.readmodel.ApprovalProjection;
import jp.hashimo.ledger.readmodel.Projections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finishes what a process that died left undone: a change of bank account stands in the log, but
 * the account itself still waits in the vault.
 */
@Component
class WhenStartedThenSettleBankAccounts {
    private static final Logger LOG =
            LoggerFactory.getLogger(WhenStartedThenSettleBankAccounts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLog log;
    private final Projections projections;
    private final StoreProfiles profiles;
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    WhenStartedThenSettleBankAccounts(
            EventLog log,
            Projections projections,
            StoreProfiles profiles,
            JdbcClient jdbc,
            LedgerId ledgerId) {
        this.log = log;
        this.projections = projections;
        this.profiles = profiles;
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    @EventListener(ApplicationReadyEvent.class)
    void settle() throws InterruptedException {
        if (!projections.runner("approval").awaitPosition(log.head(), PATIENCE)) {
            LOG.warn("The approvals are behind the log; bank accounts wait for the next start");
            return;
        }
        for (String approvalId : undone()) {
            profiles.settle(log.withTag("approval:" + approvalId).getLast());
        }
    }

    private List<String> undone() {
        return jdbc.sql(
                        """
                        SELECT a.approval_id FROM approval a JOIN personal_data p ON p.subject_id = a.approval_id
                         WHERE a.ledger_id = ? AND a.kind = ? AND a.state <> 'WAITING'\
                        """)
                .params(ledgerId.value(), ApprovalProjection.BANK_ACCOUNT)
                .query(String.class)
                .list();
    }
}
