package jp.hashimo.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Person;
import jp.hashimo.ledger.merchant.StoreClass;
import org.junit.jupiter.api.Test;

/** What pages show without being asked comes from tables that stand on the log. */
class TablesAstrayTest extends ApiTest {

    @Test
    void a_sale_is_not_shown_from_tables_that_show_what_the_log_has_lost() {
        Person citizen = citizenWith(1_000, now().plus(Duration.ofDays(30)));
        var sales = bean(SaleAtHand.class);
        awaitTables();
        assertThat(sales.openTo(citizen.walletId())).isPresent();

        whileAstray(
                "campaign",
                () -> {
                    assertThat(sales.openTo(citizen.walletId())).isEmpty();
                    assertThat(sales.campaign()).isEmpty();
                });

        assertThat(sales.campaign()).isPresent();
    }

    @Test
    void neither_is_the_number_of_a_store() {
        Person store = shopkeeper(StoreClass.LOCAL);
        var stores = bean(StoreOfCode.class);
        awaitTables();
        assertThat(stores.numberOf(store.merchantId())).isPresent();

        whileAstray("merchant", () -> assertThat(stores.numberOf(store.merchantId())).isEmpty());
    }
}
