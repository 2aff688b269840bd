package jp.hashimo.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * 令和5年度 Hashi-Mo as its flyer told it, from a second before the sale to the night the points ended.
 */
class FlyerTest {
    private static final String RESIDENT = "citizen1";
    private static final String LOCAL_STORE = "store1";
    private static final String COMMON_STORE = "store4";

    @TempDir Path folder;

    @Test
    void the_flyer_comes_true() {
        try (DemoService town = DemoService.start(folder, "2023-10-02T08:59:00+09:00")) {
            town.clockStandsAt("2023-10-02T08:59:59.999+09:00");
            Reply early = reserve(town, 10_000);
            assertThat(early.problem()).isEqualTo("409 sale-not-open");
            assertThat(early.at("/opensAt")).isEqualTo("2023-10-02T09:00:00+09:00");

            town.clockStandsAt("2023-10-02T09:00:00+09:00");
            JsonNode lots = buy(town, 10_000).json().path("lots");
            assertThat(lot(lots, "PURCHASED").path("face").asLong()).isEqualTo(10_000);
            assertThat(lot(lots, "PURCHASED").path("scope").asString()).isEqualTo("ALL");
            assertThat(lot(lots, "PREMIUM").path("face").asLong()).isEqualTo(3_000);
            assertThat(lot(lots, "PREMIUM").path("scope").asString()).isEqualTo("LOCAL");
            booksBalance(town);

            Reply more = reserve(town, 1_000);
            assertThat(more.problem()).isEqualTo("409 purchase-cap-exceeded");
            assertThat(more.number("/remaining")).isZero();

            Reply proposed = payAt(town, LOCAL_STORE, 4_000);
            assertThat(drawn(proposed, lot(lots, "PREMIUM"))).isEqualTo(3_000);
            assertThat(drawn(proposed, lot(lots, "PURCHASED"))).isEqualTo(1_000);
            booksBalance(town);
            confirm(town, proposed, LOCAL_STORE);
            booksBalance(town);

            Reply tooMuch = payAt(town, COMMON_STORE, 9_001);
            assertThat(tooMuch.problem()).isEqualTo("409 insufficient-points");
            assertThat(tooMuch.number("/usable")).isEqualTo(9_000);

            Reply scanned = storeScan(town, COMMON_STORE, 2_500);
            assertThat(scanned.at("/awaiting")).isEqualTo("CITIZEN");
            confirm(town, scanned, RESIDENT);
            booksBalance(town);

            town.clockStandsAt("2024-02-15T23:59:59.999+09:00");
            assertThat(wallet(town).number("/available")).isEqualTo(6_500);
            booksBalance(town);

            town.clockStandsAt("2024-02-16T00:00:00+09:00");
            assertThat(wallet(town).number("/total")).isZero();
            assertThat(payAt(town, COMMON_STORE, 1).problem()).isEqualTo("409 insufficient-points");
            assertThat(account(booksBalance(town), "4010").path("credit").asLong())
                    .isEqualTo(6_500);
        }
    }

    @Test
    void a_restart_changes_no_balance_and_never_turns_the_clock_back() {
        String before;
        try (DemoService town = DemoService.start(folder, "2023-10-02T09:00:00+09:00")) {
            town.clockStandsAt("2023-10-02T12:00:00+09:00");
            buy(town, 3_000);
            confirm(town, payAt(town, LOCAL_STORE, 500), LOCAL_STORE);
            before = wallet(town).text();
        }
        try (DemoService again = DemoService.start(folder, "2023-10-02T09:00:00+09:00")) {
            assertThat(wallet(again).text()).isEqualTo(before);
            assertThat(again.get(null, "/demo").at("/now")).isEqualTo("2023-10-02T12:00:00+09:00");
        }
    }

    private static Reply reserve(DemoService town, long yen) {
        return town.post(
                "counter1",
                "/api/v1/purchases",
                Map.of(
                        "walletId",
                        town.login(RESIDENT).path("walletId").asString(),
                        "campaignId",
                        town.campaignId(),
                        "amount",
                        yen,
                        "channel",
                        "COUNTER"));
    }

    private static Reply buy(DemoService town, long yen) {
        String purchase = reserve(town, yen).at("/purchaseId");
        Reply issued =
                town.post(
                        "counter1",
                        "/api/v1/purchases/" + purchase + "/paid",
                        Map.of("paymentReference", "till-" + purchase));
        assertThat(issued.status()).as(issued.toString()).isEqualTo(200);
        return issued;
    }

    private static Reply payAt(DemoService town, String store, long points) {
        String code =
                town.get(store, "/api/v1/merchants/" + merchant(town, store) + "/code").at("/code");
        return town.post(
                RESIDENT,
                "/api/v1/payments",
                Map.of("mode", "USER_SCAN", "code", code, "amount", points));
    }

    private static Reply storeScan(DemoService town, String store, long points) {
        String wallet = town.login(RESIDENT).path("walletId").asString();
        String code =
                town.post(RESIDENT, "/api/v1/wallets/" + wallet + "/codes", Map.of()).at("/code");
        return town.post(
                store,
                "/api/v1/payments",
                Map.of("mode", "STORE_SCAN", "code", code, "amount", points));
    }

    private static void confirm(DemoService town, Reply proposal, String by) {
        Reply captured =
                town.post(
                        by, "/api/v1/payments/" + proposal.at("/paymentId") + "/confirm", Map.of());
        assertThat(captured.at("/state")).as(captured.toString()).isEqualTo("CAPTURED");
    }

    private static Reply wallet(DemoService town) {
        return town.get(
                RESIDENT, "/api/v1/wallets/" + town.login(RESIDENT).path("walletId").asString());
    }

    private static JsonNode booksBalance(DemoService town) {
        JsonNode books = town.get("auditor1", "/api/v1/books/trial-balance").json();
        assertThat(books.path("difference").asLong()).isZero();
        assertThat(books.path("totalDebit").asLong()).isPositive();
        return books;
    }

    private static JsonNode account(JsonNode books, String code) {
        return find(books.path("accounts"), "code", code);
    }

    private static JsonNode lot(JsonNode lots, String kind) {
        return find(lots, "kind", kind);
    }

    private static long drawn(Reply proposal, JsonNode lot) {
        return find(proposal.json().path("lots"), "lotId", lot.path("lotId").asString())
                .path("amount")
                .asLong();
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path(field).asString().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + list));
    }

    private static String merchant(DemoService town, String store) {
        return town.login(store).path("merchantId").asString();
    }
}
