package jp.hashimo.api.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.hashimo.api.http.Problem;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.merchant.ChangeStore;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RegisteredStoresTest extends ApiTest {
    private static final StoreNumber NUMBER = StoreNumber.ofSerial(7_654_321);

    /** What was found once is not looked up again, so it must not be found in a lost past. */
    @Test
    void a_store_is_not_found_in_tables_that_show_what_the_log_has_lost() {
        var stores = bean(RegisteredStores.class);
        var store = new MerchantId(fresh());
        var till = new RegisterId(fresh());
        done(new RegisterMerchant(store, NUMBER.number(), StoreClass.LOCAL));
        done(new ChangeStore(store, new ChangeStore.Change.OpenRegister(till, "レジ1")));
        awaitTables();

        whileAstray(
                "merchant",
                () -> {
                    assertNoAnswer(() -> stores.withNumber(NUMBER));
                    assertNoAnswer(() -> stores.hasRegister(store, till));
                });

        assertThat(stores.withNumber(NUMBER)).contains(store);
        assertThat(stores.hasRegister(store, till)).isTrue();
    }

    private static void assertNoAnswer(ThrowingCallable asked) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.slug()).isEqualTo("not-caught-up"));
    }
}
