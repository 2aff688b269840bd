package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Gathered;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.eventstore.Town.Weather;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactTagsTest {
    private final FactTags tags = new FactTags();

    @Test
    void a_component_marked_twice_gives_a_tag_under_each_key() {
        assertThat(tagsOf(new Paid("tofu", "aki", Points.ZERO)))
                .containsExactlyInAnyOrder(
                        Tag.of("shop", "tofu"), Tag.of("payer", "aki"), Tag.of("party", "aki"));
    }

    @Test
    void a_list_gives_a_tag_for_each_element_and_null_gives_none() {
        WalletId one = new WalletId(new UUID(1, 1));
        WalletId other = new WalletId(new UUID(1, 2));

        assertThat(tagsOf(gathering(null, one, other)))
                .containsExactlyInAnyOrder(
                        Tag.of("wallet", one.toString()), Tag.of("wallet", other.toString()));
    }

    @Test
    void without_a_key_the_component_s_name_is_the_key() {
        assertThat(tagsOf(gathering("market"))).containsExactly(Tag.of("place", "market"));
    }

    @Test
    void a_key_with_a_colon_is_refused_because_it_could_be_read_as_another_tag() {
        assertThatThrownBy(() -> Tags.print(Tag.of("a:b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Tags.print(Tag.of("a", "b:c"))).isEqualTo("a:b:c");
    }

    private Set<Tag> tagsOf(LedgerEvent event) {
        EventMessage message =
                new GenericEventMessage(
                        UUID.randomUUID().toString(),
                        Node.CODEC.typeOf(event.getClass()),
                        event,
                        Map.of(),
                        Instant.EPOCH);
        return tags.resolve(message);
    }

    private static Gathered gathering(@Nullable String place, WalletId... wallets) {
        return new Gathered(
                Instant.EPOCH,
                place,
                List.of(wallets),
                List.of(),
                Map.of(),
                Map.of(),
                Weather.FINE,
                false,
                null);
    }
}
