package jp.hashimo.api.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Person;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DueWorkTest extends ApiTest {
    private static final Duration HOLD = Duration.ofMinutes(3);

    @Test
    void what_cannot_be_recorded_holds_up_nothing_else() throws InterruptedException {
        endWhatIsOpen();
        Instant first = now();
        PaymentId payment = proposed();
        due(
                "INSERT INTO due (ledger_id, kind, subject, due_at) VALUES ('hashimo', 'HOLD', 'nothing', ?)",
                first);
        try {
            pass(HOLD);
            assertThatThrownBy(bean(DueWork.class)::workOffEverything)
                    .isInstanceOf(IllegalStateException.class);
            assertThat(bean(Projections.class).awaitAll(head(), Duration.ofSeconds(10))).isTrue();
            assertThat(stateOf(payment)).isEqualTo("EXPIRED");
        } finally {
            due("DELETE FROM due WHERE subject = 'nothing' AND due_at = ?", first);
        }
    }

    /** It would never be tried again. */
    @Test
    void what_the_ledger_says_is_not_over_yet_is_tried_again() {
        endWhatIsOpen();
        PaymentId payment = proposed();
        awaitTables();
        due("UPDATE due SET due_at = ? WHERE subject = '" + payment + "'", now());

        workOffWhatIsDue();
        assertThat(stateOf(payment)).isEqualTo("PROPOSED");

        pass(HOLD);
        workOffWhatIsDue();
        assertThat(stateOf(payment)).isEqualTo("EXPIRED");
    }

    /** The log may lose it before; then the table would stand, with a note of what is not so. */
    @Test
    void a_sweep_is_noted_only_where_the_table_shows_it() throws SQLException {
        endWhatIsOpen();
        WalletId wallet = citizenWith(1_000, now().plus(Duration.ofHours(1))).walletId();
        awaitTables();
        try (Connection other = bean(DataSource.class).getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM projection WHERE name = 'due' FOR UPDATE");
            pass(Duration.ofHours(1));
            bean(DueWork.class).workOff();

            assertThat(bean(EventLog.class).withTag("wallet:" + wallet).getLast().event())
                    .isInstanceOf(LotLapsed.class);
            assertThat(isNoted(wallet)).isFalse();
            other.rollback();
            other.setAutoCommit(true);
        }

        workOffWhatIsDue();
        assertThat(isNoted(wallet)).isTrue();
    }

    @Test
    void nothing_is_due_by_a_table_that_shows_what_the_log_has_lost() {
        endWhatIsOpen();
        PaymentId payment = proposed();
        pass(HOLD);
        whileAstray(
                "due",
                () -> {
                    bean(DueWork.class).workOff();
                    assertThat(bean(EventLog.class).withTag("payment:" + payment)).hasSize(1);
                });

        workOffWhatIsDue();
        assertThat(stateOf(payment)).isEqualTo("EXPIRED");
    }

    private static boolean isNoted(WalletId wallet) {
        return bean(JdbcClient.class)
                .sql("SELECT done FROM due WHERE kind = 'LOTS' AND subject = ?")
                .param(wallet.toString())
                .query(Boolean.class)
                .single();
    }

    private static PaymentId proposed() {
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(30)));
        var payment = new PaymentId(fresh());
        done(
                new ProposePayment(
                        payment,
                        citizen.walletId(),
                        shopkeeper(StoreClass.LOCAL).merchantId(),
                        null,
                        ScanMode.USER_SCAN,
                        null,
                        100,
                        HOLD));
        return payment;
    }

    private static void due(String sql, Instant at) {
        bean(JdbcClient.class).sql(sql).param(at.atOffset(ZoneOffset.UTC)).update();
    }

    private static String stateOf(PaymentId payment) {
        return bean(JdbcClient.class)
                .sql("SELECT state FROM payment WHERE payment_id = ?")
                .param(payment.toString())
                .query(String.class)
                .single();
    }
}
