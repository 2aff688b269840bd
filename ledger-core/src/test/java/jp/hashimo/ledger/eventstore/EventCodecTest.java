package jp.hashimo.ledger.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Gathered;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.eventstore.Town.Share;
import jp.hashimo.ledger.eventstore.Town.Weather;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import org.axonframework.messaging.core.MessageType;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final WalletId AKI = WalletId.parse("wal_0190a7b2c3d47e5f8123456789abcdef");
    private static final WalletId UME = WalletId.parse("wal_0190a7b2c3d47e5f8123456789abcdee");

    private final EventCodec codec = new EventCodec(Town.EVENTS);

    @Test
    void the_written_form_is_what_is_approved() {
        assertThat(json(gathering()))
                .isEqualTo(
                        """
                        {"at":"2026-11-23T03:04:05.123456Z","place":"橋本\\"市場\\"",\
                        "wallets":["wal_0190a7b2c3d47e5f8123456789abcdef"],\
                        "shares":[{"wallet":"wal_0190a7b2c3d47e5f8123456789abcdef","points":700}],\
                        "byWallet":{"wal_0190a7b2c3d47e5f8123456789abcdee":1,\
                        "wal_0190a7b2c3d47e5f8123456789abcdef":2},\
                        "days":{"FINE":3,"RAIN":1},"weather":"RAIN","festival":true}\
                        """);
    }

    @Test
    void what_was_written_is_read_as_it_was_and_written_again_alike() {
        EncodedEvent written = codec.encode(gathering());
        LedgerEvent read = codec.decode(written);

        assertThat(read).isEqualTo(gathering());
        assertThat(codec.encode(read).payload()).isEqualTo(written.payload());
        assertThat(written.type()).isEqualTo("town.Gathered");
        assertThat(written.version()).isEqualTo("2");
        assertThat(codec.typeOf(Gathered.class)).isEqualTo(new MessageType("town.Gathered", "2"));
    }

    @Test
    void an_event_with_a_single_number_is_still_an_object() {
        assertThat(json(new Counted(3))).isEqualTo("{\"visitors\":3}");
        assertThat(codec.decode(codec.encode(new Counted(3)))).isEqualTo(new Counted(3));
    }

    @Test
    void a_field_nobody_knows_is_an_error() {
        assertUnreadable("town.Opened", "1", "{\"shop\":\"tofu\",\"colour\":\"red\"}");
    }

    @Test
    void fields_are_known_by_their_names_in_whatever_order_they_stand() {
        assertThat(decoded("town.Paid", "{\"points\":7,\"payer\":\"aki\",\"shop\":\"tofu\"}"))
                .isEqualTo(new Paid("tofu", "aki", new Points(7)));
    }

    @Test
    void what_is_null_reads_like_what_was_left_out() {
        assertThat(decoded("town.Paid", "{\"shop\":null,\"points\":7,\"payer\":\"aki\"}"))
                .isEqualTo(decoded("town.Paid", "{\"payer\":\"aki\",\"points\":7}"));
    }

    @Test
    void an_error_says_where_it_is() {
        String shares = "{\"shares\":[{\"wallet\":\"wal_1\",\"points\":7}]}";

        assertThatThrownBy(
                        () -> codec.decode(new EncodedEvent("town.Gathered", "2", bytes(shares))))
                .isInstanceOf(LogUnreadable.class)
                .cause()
                .hasMessageContaining("Gathered[\"shares\"]")
                .hasMessageContaining("Share[\"wallet\"]");
    }

    @Test
    void what_is_not_a_whole_object_is_an_error() {
        assertUnreadable("town.Opened", "1", "[]");
        assertUnreadable("town.Opened", "1", "{\"shop\":\"tofu\"");
        assertUnreadable("town.Gathered", "2", "{\"shares\":[7]}");
    }

    @Test
    void a_missing_number_is_an_error_and_not_zero() {
        assertUnreadable("town.Counted", "1", "{}");
        assertUnreadable("town.Counted", "1", "{\"visitors\":null}");
        assertUnreadable("town.Counted", "1", "{\"visitors\":3.5}");
    }

    @Test
    void an_amount_that_breaks_its_own_rule_is_an_error() {
        assertUnreadable("town.Paid", "1", "{\"shop\":\"tofu\",\"payer\":\"aki\",\"points\":-1}");
        assertUnreadable(
                "town.Paid", "1", "{\"shop\":\"tofu\",\"payer\":\"aki\",\"points\":\"1\"}");
    }

    @Test
    void a_type_or_version_nobody_registered_is_an_error() {
        assertUnreadable("town.Burnt", "1", "{}");
        assertUnreadable("town.Opened", "2", "{\"shop\":\"tofu\"}");
    }

    @Test
    void what_follows_the_event_is_an_error() {
        assertUnreadable("town.Opened", "1", "{\"shop\":\"tofu\"} {}");
    }

    @Test
    void an_event_class_without_a_name_is_refused_at_once() {
        record Nameless(String shop) implements LedgerEvent {}

        assertThatThrownBy(() -> new EventCodec(List.of(Nameless.class)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventCodec(List.of(Opened.class, Opened.class)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(new Nameless("tofu")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Gathered gathering() {
        Map<WalletId, Points> byWallet = new LinkedHashMap<>();
        byWallet.put(AKI, new Points(2));
        byWallet.put(UME, new Points(1));
        return new Gathered(
                Instant.parse("2026-11-23T03:04:05.123456Z"),
                "橋本\"市場\"",
                List.of(AKI),
                List.of(new Share(AKI, new Points(700))),
                byWallet,
                Map.of(Weather.RAIN, 1, Weather.FINE, 3),
                Weather.RAIN,
                true,
                null);
    }

    private String json(LedgerEvent event) {
        return new String(codec.encode(event).payload(), UTF_8);
    }

    private LedgerEvent decoded(String type, String json) {
        return codec.decode(new EncodedEvent(type, "1", bytes(json)));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    private void assertUnreadable(String type, String version, String json) {
        EncodedEvent event = new EncodedEvent(type, version, bytes(json));
        assertThatThrownBy(() -> codec.decode(event)).isInstanceOf(LogUnreadable.class);
    }
}
