package jp.hashimo.api.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import jp.hashimo.api.campaign.PspNotice;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BooksTest extends ApiTest {
    private static final String BOOKS = "/api/v1/books/trial-balance";
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final Person auditor = staff(Role.AUDITOR);
    private final Person citizen = citizen();
    private final Person store = shopkeeper(StoreClass.LOCAL);
    private final CampaignId sale = saleUntil(now().plus(Duration.ofDays(30)));

    /** Nothing that other tests have left open ends while this one counts. */
    @BeforeEach
    void everything_open_has_ended() {
        endWhatIsOpen();
    }

    private JsonNode books() {
        return books("");
    }

    private JsonNode books(String query) {
        Reply reply = Call.by(auditor).get(BOOKS + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        JsonNode books = reply.json();
        assertThat(books.at("/difference").longValue()).isZero();
        assertThat(books.at("/totalDebit").longValue())
                .isEqualTo(books.at("/totalCredit").longValue());
        assertThat(books.at("/position").longValue())
                .isEqualTo(query.isEmpty() ? reply.position() : books.at("/position").longValue());
        return books;
    }

    /** What each account has gained since: debits positive, credits negative. */
    private Map<String, Long> gainedSince(JsonNode before) {
        var gained = new TreeMap<String, Long>();
        Map<String, Long> then = balances(before);
        balances(books())
                .forEach((code, balance) -> {
                    long change = balance - then.getOrDefault(code, 0L);
                    if (change != 0) {
                        gained.put(code, change);
                    }
                });
        return gained;
    }

    private static Map<String, Long> balances(JsonNode books) {
        var balances = new HashMap<String, Long>();
        books.at("/accounts")
                .forEach(account ->
                        balances.put(
                                account.at("/code").asString(),
                                account.at("/debit").longValue()
                                        - account.at("/credit").longValue()));
        return balances;
    }

    private static long cash(JsonNode books) {
        return balances(books).getOrDefault("1010", 0L);
    }

    private PaymentId proposed(long amount) {
        var id = new PaymentId(fresh());
        done(
                new ProposePayment(
                        id,
                        citizen.walletId(),
                        store.merchantId(),
                        null,
                        ScanMode.USER_SCAN,
                        null,
                        amount,
                        HOLD));
        return id;
    }

    private void answered(PaymentId id, AnswerPayment.Answer answer) {
        done(new AnswerPayment(id, answer, new Party.Shop(store.merchantId())));
    }

    @Test
    void each_step_of_the_points_life_stands_in_the_right_accounts() {
        JsonNode start = books();
        buy(citizen.walletId(), sale, 10_000);
        assertThat(gainedSince(start))
                .as("sold: cash and premium cost against the two liabilities")
                .isEqualTo(
                        Map.of("1010", 10_000L, "5010", 3_000L, "2110", -10_000L, "2120", -3_000L));

        JsonNode sold = books();
        PaymentId paid = proposed(4_000);
        assertThat(gainedSince(sold))
                .as("held, the premium first")
                .isEqualTo(Map.of("2120", 3_000L, "2110", 1_000L, "2140", -4_000L));

        JsonNode held = books();
        answered(paid, AnswerPayment.Answer.CONFIRM);
        assertThat(gainedSince(held))
                .as("captured: owed to the store")
                .isEqualTo(Map.of("2140", 4_000L, "2210", -4_000L));

        JsonNode captured = books();
        answered(proposed(500), AnswerPayment.Answer.DECLINE);
        assertThat(gainedSince(captured)).as("declined: as if never asked").isEmpty();
        proposed(700);
        pass(HOLD);
        workOffWhatIsDue();
        assertThat(gainedSince(captured)).as("ended: as if never asked").isEmpty();
    }

    @Test
    void what_nobody_spent_lapses_into_its_own_account() {
        CampaignId shortLived = saleUntil(now().plus(Duration.ofMinutes(5)));
        buy(citizen.walletId(), shortLived, 2_000);
        JsonNode before = books();
        pass(Duration.ofMinutes(5));
        workOffWhatIsDue();
        assertThat(gainedSince(before))
                .isEqualTo(Map.of("2110", 2_000L, "2120", 600L, "4010", -2_600L));
    }

    @Test
    void card_money_is_owed_by_the_provider_and_late_money_to_whoever_paid_it() {
        JsonNode before = books();
        byCard(false);
        assertThat(gainedSince(before))
                .isEqualTo(Map.of("1020", 1_000L, "5010", 300L, "2110", -1_000L, "2120", -300L));
        JsonNode issued = books();
        byCard(true);
        assertThat(gainedSince(issued)).isEqualTo(Map.of("1020", 1_000L, "2010", -1_000L));
    }

    private void byCard(boolean late) {
        Reply reserved =
                Call.by(citizen)
                        .post(
                                "/api/v1/purchases",
                                Map.of(
                                        "walletId",
                                        citizen.walletId().toString(),
                                        "campaignId",
                                        sale.toString(),
                                        "amount",
                                        1_000,
                                        "channel",
                                        "CARD"));
        String id = reserved.at("/purchaseId");
        if (late) {
            pass(Duration.ofMinutes(10));
        }
        String path = "/api/v1/purchases/" + id + "/paid";
        String body =
                """
                {"purchaseId":"%s","amount":1000,"paymentReference":"psp-%s","paidAt":"2023-10-02T09:05:00+09:00"}\
                """
                        .formatted(id, fresh());
        assertThat(PspNotice.signed(path, body).post(path, body).at("/state"))
                .isEqualTo(late ? "MONEY_TO_RETURN" : "ISSUED");
    }

    @Test
    void as_of_an_instant_between_two_steps_is_what_stood_then() {
        buy(citizen.walletId(), sale, 1_000);
        JsonNode between = books();
        Instant bought = bean(EventLog.class).read(head() - 1, 1).getFirst().at();
        answered(proposed(300), AnswerPayment.Answer.CONFIRM);

        JsonNode then = books("?asOf=" + bought.plusNanos(1_000));
        assertThat(then.at("/accounts")).isEqualTo(between.at("/accounts"));
        assertThat(then.at("/position").longValue()).isEqualTo(between.at("/position").longValue());
        assertThat(cash(books("?asOf=" + bought)))
                .as("up to, but not including, the instant of the sale")
                .isEqualTo(cash(between) - 1_000);
        JsonNode nothing = books("?asOf=2000-01-01T00:00:00%2B09:00");
        assertThat(nothing.at("/position").longValue()).isZero();
        assertThat(nothing.at("/totalDebit").longValue()).isZero();
    }

    @Test
    void an_instant_the_books_have_not_reached_has_no_figures_yet() throws SQLException {
        String asOf;
        try (Connection connection = bean(DataSource.class).getConnection()) {
            connection.setAutoCommit(false);
            standStill(connection);
            buy(citizen.walletId(), sale, 1_000);
            asOf = "?asOf=" + now();
            Reply early = Call.by(auditor).get(BOOKS + asOf);
            assertThat(early.problem()).as(early.toString()).isEqualTo("503 not-caught-up");
            assertThat(early.headers().firstValue("Retry-After")).isPresent();
            connection.rollback();
        }
        workOffWhatIsDue();
        assertThat(books(asOf).at("/position").longValue()).isEqualTo(head());
    }

    /** Whoever holds the row of a projection's position does its work; this one does none. */
    private static void standStill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT FROM projection WHERE name = 'journal' FOR UPDATE");
        }
    }

    @Test
    void the_future_is_not_in_the_books() {
        Reply reply = Call.by(auditor).get(BOOKS + "?asOf=2999-01-01T00:00:00%2B09:00");
        assertThat(reply.problem()).isEqualTo("422 as-of-in-future");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2023-10-02",
                "2023-10-02T09:00:00",
                "-999999999-01-01T00:00:00Z",
                "%2B999999999-12-31T23:59:59Z",
                "1696204800"
            })
    void what_is_no_instant_is_malformed(String asOf) {
        Reply reply = Call.by(auditor).get(BOOKS + "?asOf=" + asOf);
        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer")).isEqualTo("/asOf");
    }

    @Test
    void the_books_are_for_finance_and_auditors() {
        for (Role role : List.of(Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR)) {
            assertThat(Call.by(staff(role)).get(BOOKS).status()).isEqualTo(200);
        }
        assertThat(Call.by(staff(Role.COUNTER)).get(BOOKS).problem()).isEqualTo("403 forbidden");
        assertThat(Call.byNobody().get(BOOKS).problem()).isEqualTo("401 unauthenticated");
    }
}
