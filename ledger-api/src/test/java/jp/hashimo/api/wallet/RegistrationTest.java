package jp.hashimo.api.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Phones;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.ledger.id.CitizenId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RegistrationTest extends ApiTest {
    private static final String CITIZENS = "/api/v1/citizens";

    private final Person counter = staff(Role.COUNTER);
    private final String phone = somePhone();
    private final String kana = someKana();

    private static String somePhone() {
        return "090%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    /** A reading nobody else in this ledger has. */
    private static String someKana() {
        var kana = new StringBuilder("はしもと ");
        for (int i = 0; i < 12; i++) {
            kana.append((char) ('か' + ThreadLocalRandom.current().nextInt(20)));
        }
        return kana.toString();
    }

    private Map<String, Object> seen() {
        var body = new LinkedHashMap<String, Object>();
        body.put("displayName", "橋本 花子");
        body.put("kana", kana);
        body.put("birthDate", "1980-02-29");
        body.put("phone", phone);
        body.put("evidence", "DOCUMENT_SEEN");
        return body;
    }

    private Map<String, Object> bySelf(String code) {
        Map<String, Object> body = seen();
        body.put("evidence", "PHONE_CODE");
        body.put("phoneCode", code);
        body.put("login", "hanako-" + phone);
        body.put("password", "kaki-no-ha-zushi");
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        body.put(field, value);
        return body;
    }

    private String codeOnPhone() {
        Reply sent = Call.byNobody().post("/api/v1/phone-codes", Map.of("phone", phone));
        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.at("/code")).as("only a demo shows it").isEmpty();
        return Phones.messageTo(phone).replaceAll("[^0-9]", "");
    }

    @Test
    void the_counter_registers_a_resident_who_chooses_a_login_at_home() {
        Reply reply = Call.by(counter).post(CITIZENS, seen());

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/citizenId")).startsWith("cit_");
        assertThat(reply.at("/walletId")).startsWith("wal_");
        assertThat(reply.position()).isEqualTo(head());
        String code = reply.at("/activationCode");
        assertThat(code).matches("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");

        Map<String, Object> choice =
                Map.of(
                        "activationCode",
                        code.toLowerCase(Locale.ROOT),
                        "login",
                        "taro-" + phone,
                        "password",
                        "kaki-no-ha-zushi");
        Reply activated = Call.byNobody().key("a-" + phone).post(CITIZENS + "/activate", choice);
        assertThat(activated.status()).isEqualTo(201);
        assertThat(activated.at("/walletId")).isEqualTo(reply.at("/walletId"));
        assertThat(
                        Call.byNobody()
                                .key("a-" + phone)
                                .post(CITIZENS + "/activate", choice)
                                .isReplay())
                .isTrue();
        assertThat(Call.byNobody().post(CITIZENS + "/activate", choice).problem())
                .as("a code serves once")
                .isEqualTo("422 code-invalid");

        Reply session =
                Call.byNobody()
                        .post(
                                "/api/v1/sessions",
                                Map.of("login", "taro-" + phone, "password", "kaki-no-ha-zushi"));
        assertThat(session.at("/walletId")).isEqualTo(reply.at("/walletId"));
    }

    @Test
    void a_repeated_registration_answers_the_same_and_registers_once() {
        Reply first = Call.by(counter).key("r-" + phone).post(CITIZENS, seen());
        long after = head();
        Reply second = Call.by(counter).key("r-" + phone).post(CITIZENS, seen());

        assertThat(second.isReplay()).isTrue();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(head()).isEqualTo(after);
        assertThat(Call.by(counter).get("/api/v1/requests/r-" + phone).at("/body/citizenId"))
                .isEqualTo(first.at("/citizenId"));
        assertThat(nameOf(first)).isEqualTo("橋本 花子");

        Reply other =
                Call.by(counter)
                        .key("r-" + phone)
                        .post(CITIZENS, with(seen(), "displayName", "誰か"));
        assertThat(other.problem()).isEqualTo("422 idempotency-key-reused");
        assertThat(other.position()).isEqualTo(after);
        assertThat(nameOf(first)).isEqualTo("橋本 花子");
    }

    @Test
    void one_request_sent_many_times_at_once_registers_once() {
        String code = codeOnPhone();
        List<Reply> replies =
                atOnce(5, _ -> Call.byNobody().key("m-" + phone).post(CITIZENS, bySelf(code)));

        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies)
                .extracting(reply -> reply.at("/walletId"))
                .containsOnly(replies.getFirst().at("/walletId"));
        assertThat(replies).filteredOn(Reply::isReplay).hasSize(4);
        assertThat(nameOf(replies.getFirst())).isEqualTo("橋本 花子");
    }

    @Test
    void one_person_at_five_counters_at_once_gets_one_wallet() {
        long kept = rows("personal_data");
        List<Reply> replies = atOnce(5, _ -> Call.by(counter).post(CITIZENS, seen()));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .extracting(Reply::problem)
                .containsOnly("409 already-registered");
        assertThat(rows("personal_data")).isEqualTo(kept + 1);
    }

    private static String nameOf(Reply registered) {
        return bean(Vault.class)
                .get(CitizenId.parse(registered.at("/citizenId")), Resident.class)
                .orElseThrow()
                .displayName();
    }

    @Test
    void whoever_was_forgotten_stays_forgotten_when_the_registration_is_repeated() {
        Reply first = Call.by(counter).key("f-" + phone).post(CITIZENS, seen());
        var citizenId = CitizenId.parse(first.at("/citizenId"));
        bean(Vault.class).forget(citizenId);

        assertThat(Call.by(counter).key("f-" + phone).post(CITIZENS, seen()).isReplay()).isTrue();
        assertThat(bean(Vault.class).get(citizenId, Resident.class)).isEmpty();
    }

    @Test
    void residents_register_themselves_with_a_code_on_their_phone() {
        String code = codeOnPhone();
        Reply reply = Call.byNobody().key("s-" + phone).post(CITIZENS, bySelf(code));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().has("activationCode")).isFalse();
        assertThat(Call.byNobody().key("s-" + phone).post(CITIZENS, bySelf(code)).isReplay())
                .as("although the code has served and the login is taken")
                .isTrue();
    }

    @Test
    void a_person_is_known_again_by_phone_or_by_name_and_birth_date_however_written() {
        assertThat(Call.by(counter).post(CITIZENS, seen()).status()).isEqualTo(201);
        long before = head();

        var samePhone =
                with(with(seen(), "kana", someKana()), "phone", "+81 " + phone.substring(1));
        var sameName = with(with(seen(), "phone", somePhone()), "kana", inWideKatakana());
        for (Map<String, Object> body : List.of(samePhone, sameName)) {
            Reply refused = Call.by(counter).post(CITIZENS, body);
            assertThat(refused.problem()).isEqualTo("409 already-registered");
            assertThat(refused.position()).isEqualTo(before);
        }
        assertThat(
                        Call.by(counter)
                                .post(CITIZENS, with(sameName, "birthDate", "1980-03-01"))
                                .status())
                .isEqualTo(201);
    }

    private String inWideKatakana() {
        var written = new StringBuilder();
        kana.chars().forEach(c -> written.append(c == ' ' ? '　' : (char) (c + ('ア' - 'あ'))));
        return written.toString();
    }

    @Test
    void a_refused_registration_leaves_nothing_behind() {
        Call.by(counter).post(CITIZENS, seen());
        long kept = rows("personal_data");
        long keys = rows("person_key");
        long logins = rows("account");

        Reply refused = Call.byNobody().post(CITIZENS, bySelf(codeOnPhone()));

        assertThat(refused.problem()).isEqualTo("409 already-registered");
        assertThat(rows("personal_data")).isEqualTo(kept);
        assertThat(rows("person_key")).isEqualTo(keys);
        assertThat(rows("account")).isEqualTo(logins);
    }

    private static long rows(String table) {
        return bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void the_counter_knows_better_with_a_reason_which_stays_out_of_the_log() {
        Reply first = Call.by(counter).post(CITIZENS, seen());
        Reply second = Call.by(counter).post(CITIZENS, with(seen(), "overrideReason", "双子の姉妹"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.at("/walletId")).isNotEqualTo(first.at("/walletId"));
        assertThat(
                        bean(Vault.class)
                                .get(CitizenId.parse(second.at("/citizenId")), Resident.class)
                                .orElseThrow()
                                .overrideReason())
                .isEqualTo("双子の姉妹");
    }

    @Test
    void a_login_that_is_taken_registers_nobody() {
        Map<String, Object> body =
                with(with(seen(), "login", "l-" + phone), "password", "long enough");
        assertThat(Call.by(counter).post(CITIZENS, body).status()).isEqualTo(201);
        long before = head();

        Reply refused =
                Call.by(counter)
                        .post(CITIZENS, with(with(body, "kana", someKana()), "phone", somePhone()));
        assertThat(refused.problem()).isEqualTo("409 already-registered");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void only_the_counter_has_seen_a_document_and_overrides() {
        assertThat(Call.byNobody().post(CITIZENS, seen()).problem())
                .isEqualTo("401 unauthenticated");
        assertThat(Call.by(citizen()).post(CITIZENS, seen()).problem()).isEqualTo("403 forbidden");
        assertThat(
                        Call.by(citizen())
                                .post(CITIZENS, with(bySelf("123456"), "overrideReason", "x"))
                                .problem())
                .isEqualTo("403 forbidden");
    }

    @Test
    void a_wrong_code_is_refused_and_five_of_them_close_the_phone() {
        String code = codeOnPhone();
        String wrong = code.equals("000000") ? "000001" : "000000";
        long before = head();
        for (int i = 0; i < 5; i++) {
            assertThat(Call.byNobody().post(CITIZENS, bySelf(wrong)).problem())
                    .isEqualTo("422 code-invalid");
        }
        Reply closed = Call.byNobody().post(CITIZENS, bySelf(code));
        assertThat(closed.problem()).isEqualTo("429 too-many-requests");
        assertThat(closed.headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void a_code_that_is_too_old_or_was_never_sent_shows_nothing() {
        assertThat(Call.byNobody().post(CITIZENS, bySelf("123456")).problem())
                .isEqualTo("422 code-invalid");
        String code = codeOnPhone();
        bean(JdbcClient.class).sql("UPDATE phone_code SET expires_at = sent_at").update();
        assertThat(Call.byNobody().post(CITIZENS, bySelf(code)).problem())
                .isEqualTo("409 code-expired");
    }

    @Test
    void five_codes_an_hour_are_enough_for_one_phone() {
        for (int i = 0; i < 5; i++) {
            codeOnPhone();
        }
        Reply sixth = Call.byNobody().post("/api/v1/phone-codes", Map.of("phone", phone));
        assertThat(sixth.problem()).isEqualTo("429 too-many-requests");
    }

    @ParameterizedTest
    @CsvSource({
        "displayName, ''",
        "displayName, 12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901",
        "kana, ' '",
        "kana, 123",
        "birthDate, 2023-02-30",
        "birthDate, 2999-01-01",
        "birthDate, 1700-01-01",
        "phone, 12",
        "phone, 99999999999999999999",
        "evidence, HEARSAY",
        "login, only-a-login",
        "password, only a password",
        "nickname, はな"
    })
    void what_cannot_be_is_pointed_at(String field, String value) {
        long before = head();
        Reply reply = Call.by(counter).post(CITIZENS, with(seen(), field, value));

        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer"))
                .isEqualTo(
                        switch (field) {
                            case "login" -> "/password";
                            case "password" -> "/login";
                            default -> "/" + field;
                        });
        assertThat(reply.position()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"displayName", "kana", "birthDate", "evidence"})
    void what_is_missing_is_pointed_at(String field) {
        Map<String, Object> body = seen();
        body.remove(field);
        Reply reply = Call.by(counter).post(CITIZENS, body);

        assertThat(reply.problem()).isEqualTo("400 malformed-request");
        assertThat(reply.at("/pointer")).isEqualTo("/" + field);
    }

    @Test
    void half_a_character_is_no_name() {
        String body =
                "{\"displayName\":\"\\ud800\",\"kana\":\"は\",\"birthDate\":\"1980-01-01\",\"evidence\":\"DOCUMENT_SEEN\"}";
        assertThat(Call.by(counter).post(CITIZENS, body).problem())
                .isEqualTo("400 malformed-request");
    }

    @Test
    void a_key_is_required() {
        assertThat(Call.by(counter).withoutKey().post(CITIZENS, seen()).problem())
                .isEqualTo("400 idempotency-key-required");
        assertThat(
                        Call.byNobody()
                                .withoutKey()
                                .post("/api/v1/phone-codes", Map.of("phone", phone))
                                .problem())
                .isEqualTo("400 idempotency-key-required");
    }

    @Test
    void the_counter_finds_a_resident_by_wallet_citizen_phone_or_reading() {
        Reply registered = Call.by(counter).post(CITIZENS, seen());
        for (String q :
                List.of(
                        registered.at("/walletId"),
                        registered.at("/citizenId"),
                        phone.substring(0, 3)
                                + "-"
                                + phone.substring(3, 7)
                                + "-"
                                + phone.substring(7),
                        kana,
                        inWideKatakana())) {
            Reply found = Call.by(counter).get(CITIZENS + "?q=" + encoded(q));
            assertThat(found.json().at("/items").size()).as(q).isEqualTo(1);
            assertThat(found.at("/items/0/walletId")).isEqualTo(registered.at("/walletId"));
            assertThat(found.at("/items/0/citizenId")).isEqualTo(registered.at("/citizenId"));
            assertThat(found.at("/items/0/displayName")).isEqualTo("橋本 花子");
            assertThat(found.json().at("/next").isNull()).isTrue();
        }
        assertThat(Call.by(counter).get(CITIZENS + "?q=wal_nobody").json().at("/items").size())
                .isZero();
    }

    private static String encoded(String q) {
        return URLEncoder.encode(q, StandardCharsets.UTF_8);
    }

    @Test
    void many_of_one_name_come_page_by_page() {
        for (int day = 1; day <= 3; day++) {
            var body = with(with(seen(), "birthDate", "1970-01-0" + day), "phone", somePhone());
            assertThat(Call.by(counter).post(CITIZENS, body).status()).isEqualTo(201);
        }
        Reply first = Call.by(counter).get(CITIZENS + "?limit=2&q=" + encoded(kana));
        assertThat(first.json().at("/items").size()).isEqualTo(2);
        Reply rest =
                Call.by(counter)
                        .get(
                                CITIZENS
                                        + "?limit=2&q="
                                        + encoded(kana)
                                        + "&cursor="
                                        + first.at("/next"));
        assertThat(rest.json().at("/items").size()).isEqualTo(1);
        assertThat(rest.json().at("/next").isNull()).isTrue();
        assertThat(Call.by(counter).get(CITIZENS + "?limit=501&q=x").problem())
                .isEqualTo("422 invalid-limit");
        assertThat(Call.by(counter).get(CITIZENS + "?limit=99999999999999999999&q=x").problem())
                .isEqualTo("422 invalid-limit");
        assertThat(Call.by(counter).get(CITIZENS + "?cursor=*&q=x").problem())
                .isEqualTo("400 malformed-request");
        assertThat(Call.by(counter).get(CITIZENS).problem()).isEqualTo("400 malformed-request");
    }

    @Test
    void support_says_why_it_looks_and_citizens_do_not_look_at_all() {
        Person support = staff(Role.SUPPORT);
        assertThat(Call.by(support).get(CITIZENS + "?q=x").problem())
                .isEqualTo("400 access-reason-required");
        assertThat(
                        Call.by(support)
                                .with("Access-Reason", "call 123")
                                .get(CITIZENS + "?q=x")
                                .status())
                .isEqualTo(200);
        assertThat(Call.by(citizen()).get(CITIZENS + "?q=x").problem()).isEqualTo("403 forbidden");
    }
}
