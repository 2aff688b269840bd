package jp.hashimo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.eventstore.EventLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever is told of a person stands nowhere in the log, and nowhere else in clear. */
class NoNameInTheLogTest extends ApiTest {
    private static final List<String> TOLD =
            List.of(
                    "伊都乃 橋太郎",
                    "イトノ キョウタロウ",
                    "イトノキョウタロウ",
                    "1964-10-10",
                    "08012349876",
                    "080-1234-9876",
                    "kyotaro-login",
                    "kyotaro-no-himitsu",
                    "窓口で本人と確認",
                    "紀ノ川菓子舗",
                    "0163",
                    "7654329",
                    "キノカワカシホ",
                    "9876543",
                    "隅田 店子",
                    "tenko-login");

    @BeforeEach
    void tell() {
        Person counter = staff(Role.COUNTER);
        Person clerk = staff(Role.FINANCE_CLERK);
        created(
                Call.by(counter)
                        .post(
                                "/api/v1/citizens",
                                Map.of(
                                        "displayName", "伊都乃 橋太郎",
                                        "kana", "イトノ キョウタロウ",
                                        "birthDate", "1964-10-10",
                                        "phone", "080-1234-9876",
                                        "login", "kyotaro-login-" + fresh(),
                                        "password", "kyotaro-no-himitsu",
                                        "evidence", "DOCUMENT_SEEN",
                                        "overrideReason", "窓口で本人と確認")));
        Reply store =
                Call.by(clerk)
                        .post(
                                "/api/v1/merchants",
                                Map.of(
                                        "name",
                                        "紀ノ川菓子舗",
                                        "storeClass",
                                        "LOCAL",
                                        "bankAccount",
                                        account("7654329")));
        created(store);
        String path = "/api/v1/merchants/" + store.at("/merchantId");
        created(
                Call.by(clerk)
                        .post(
                                path + "/operators",
                                Map.of(
                                        "displayName", "隅田 店子",
                                        "login", "tenko-login-" + fresh(),
                                        "password", "tenko-no-himitsu")));
        created(Call.by(clerk).post(path + "/registers", Map.of("name", "紀ノ川のレジ")));
        assertThat(Call.by(clerk).patch(path, Map.of("bankAccount", account("9876543"))).status())
                .isEqualTo(202);
    }

    private static Map<String, Object> account(String number) {
        return Map.of(
                "bankCode", "0163",
                "branchCode", "415",
                "type", "1",
                "number", number,
                "holderKana", "キノカワカシホ");
    }

    private static void created(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    }

    @Test
    void no_payload_metadata_or_tag_of_the_log_holds_what_was_told() {
        var events = bean(EventLog.class).readStored(0, Integer.MAX_VALUE);
        assertThat(events).hasSizeGreaterThan(3);
        for (var event : events) {
            String all =
                    new String(event.event().payload(), StandardCharsets.UTF_8)
                            + event.metadata()
                            + event.tags();
            assertNothingTold("event " + event.position(), all);
        }
        assertThat(events)
                .as("what is no secret is found in this way")
                .anySatisfy(event ->
                        assertThat(new String(event.event().payload(), StandardCharsets.UTF_8))
                                .contains("紀ノ川のレジ"));
    }

    @Test
    void no_table_at_all_holds_it_in_clear() {
        JdbcClient jdbc = bean(JdbcClient.class);
        List<String> tables =
                jdbc.sql(
                                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
                        .query(String.class)
                        .list();
        assertThat(tables).contains("personal_data", "person_key", "account", "event", "event_tag");
        for (String table : tables) {
            for (String row :
                    jdbc.sql("SELECT t::text FROM " + table + " t").query(String.class).list()) {
                assertNothingTold(table, row);
            }
        }
    }

    /**
     * Bytes print as hexadecimal digits, so they are searched as such too. Ids, hashes, sealed
     * bytes and the fractions of seconds are random, and the digits of a bank code may stand in
     * them by chance.
     */
    private static void assertNothingTold(String where, String text) {
        String readable =
                text.replaceAll("[A-Za-z0-9_-]{20,}", "")
                        .replaceAll("\\\\x[0-9a-f]+", "")
                        .replaceAll("(:[0-9]{2})\\.[0-9]+", "$1");
        for (String told : TOLD) {
            if (told.length() > 4) {
                assertThat(text).as(where).doesNotContain(told, hex(told));
            } else {
                assertThat(readable).as(where).doesNotContain(told);
            }
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
