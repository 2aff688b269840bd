package jp.hashimo.api.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Person;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.readmodel.Projections;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DueWorkTest extends ApiTest {
    private static final Duration HOLD = Duration.ofMinutes(3);

    @Test
    void what_cannot_be_recorded_holds_up_nothing_else() throws InterruptedException {
        endWhatIsOpen();
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(30)));
        Instant first = now();
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
