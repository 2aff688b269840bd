package jp.hashimo.api.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.api.testing.Statements;
import jp.hashimo.ledger.id.MerchantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a payment asks of the database beside the ledger's own work: nothing, once the two people
 * and the store have been met.
 */
class PaymentPathTest extends ApiTest {
    private static final String PAYMENTS = "/api/v1/payments";

    private final Person clerk = staff(Role.FINANCE_CLERK);
    private final Person citizen = citizenWith(10_000, now().plus(Duration.ofDays(30)));
    private final Person store = store();

    @AfterAll
    static void leave_nothing_open() {
        endWhatIsOpen();
    }

    private Person store() {
        Reply registered =
                Call.by(clerk)
                        .post(
                                "/api/v1/merchants",
                                Map.of(
                                        "name",
                                        "まるは青果店",
                                        "storeClass",
                                        "LOCAL",
                                        "bankAccount",
                                        Map.of(
                                                "bankCode", "9999",
                                                "branchCode", "001",
                                                "type", "1",
                                                "number", "1000001",
                                                "holderKana", "マルハ")));
        return shopkeeperOf(MerchantId.parse(registered.at("/merchantId")));
    }

    private String code(String form, String query) {
        return Call.by(store)
                .get("/api/v1/merchants/" + store.merchantId() + "/code" + query)
                .at("/" + form);
    }

    private static Reply propose(Person by, String mode, String code) {
        var scan = new HashMap<String, Object>();
        scan.put("mode", mode);
        scan.put("code", code);
        scan.put("amount", 100);
        return Call.by(by).post(PAYMENTS, scan);
    }

    private static void confirm(Person by, Reply proposed) {
        assertThat(proposed.status()).as(proposed.toString()).isEqualTo(201);
        Reply ok = Call.by(by).post(PAYMENTS + "/" + proposed.at("/paymentId") + "/confirm");
        assertThat(ok.status()).as(ok.toString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "url", "emv"})
    void a_citizen_who_scans_a_store_asks_nothing_of_the_database(String form) {
        String code = code(form, "");
        confirm(store, propose(citizen, "USER_SCAN", code));

        List<String> asked =
                Statements.during(() -> confirm(store, propose(citizen, "USER_SCAN", code)));

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "emv"})
    void nor_does_one_who_scans_a_till(String form) {
        Reply till =
                Call.by(store)
                        .post(
                                "/api/v1/merchants/" + store.merchantId() + "/registers",
                                Map.of("name", "レジ1"));
        assertThat(till.status()).as(till.toString()).isEqualTo(201);
        String code = code(form, "?registerId=" + till.at("/registerId"));
        confirm(store, propose(citizen, "USER_SCAN", code));

        List<String> asked =
                Statements.during(() -> confirm(store, propose(citizen, "USER_SCAN", code)));

        assertThat(asked).isEmpty();
    }

    @Test
    void a_store_that_scans_a_citizen_asks_nothing_of_the_database() {
        confirm(citizen, propose(store, "STORE_SCAN", customerCode()));
        String code = customerCode();

        List<String> asked =
                Statements.during(() -> confirm(citizen, propose(store, "STORE_SCAN", code)));

        assertThat(asked).isEmpty();
    }

    @Test
    void whoever_is_met_for_the_first_time_is_looked_up_once() {
        Person newcomer = shopkeeperOf(Objects.requireNonNull(store.caller().merchantId()));
        Reply proposed = propose(citizen, "USER_SCAN", code("code", ""));

        List<String> asked = Statements.during(() -> confirm(newcomer, proposed));

        assertThat(asked).singleElement().asString().contains("FROM session");
        assertThat(
                        Statements.during(() ->
                                Call.by(newcomer)
                                        .post(
                                                PAYMENTS
                                                        + "/pay_"
                                                        + UuidCreator.getTimeOrderedEpoch()
                                                                .toString()
                                                                .replace("-", "")
                                                        + "/confirm")))
                .isEmpty();
    }

    private String customerCode() {
        Reply code = Call.by(citizen).post("/api/v1/wallets/" + citizen.walletId() + "/codes");
        assertThat(code.status()).as(code.toString()).isEqualTo(201);
        return code.at("/code");
    }
}
