package jp.hashimo.api.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.ledger.readmodel.Projections;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BooksCheckTest extends ApiTest {

    @Test
    void a_yen_that_is_in_the_wallets_and_not_in_the_books_is_seen() throws InterruptedException {
        var buyer = citizenWith(1_000, now().plus(Duration.ofDays(30)));
        assertThat(bean(Projections.class).awaitAll(head(), Duration.ofSeconds(10))).isTrue();
        var check = bean(BooksCheck.class);
        check.check();
        assertThat(check.difference()).isZero();

        change(buyer.walletId().toString(), -1);
        check.check();
        assertThat(check.difference()).isEqualTo(1);

        change(buyer.walletId().toString(), 1);
        check.check();
        assertThat(check.difference()).isZero();
    }

    @Test
    void tables_that_show_what_the_log_has_lost_are_not_held_against_each_other() {
        var buyer = citizenWith(1_000, now().plus(Duration.ofDays(30)));
        var check = bean(BooksCheck.class);
        whileAstray(
                "wallet",
                () -> {
                    change(buyer.walletId().toString(), -1);
                    check.check();
                    assertThat(check.difference()).isZero();
                });
    }

    private static void change(String walletId, int by) {
        bean(JdbcClient.class)
                .sql(
                        "UPDATE wallet_lot SET remaining = remaining + ? WHERE wallet_id = ? AND kind = 'PURCHASED'")
                .params(by, walletId)
                .update();
    }
}
