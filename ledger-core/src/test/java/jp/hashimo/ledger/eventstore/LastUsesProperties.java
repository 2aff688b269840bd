package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LastUsesProperties {
    private static final int BEGUN_AFTER = 10;

    @Property
    void a_tag_is_never_called_unused_after_it_was_used(
            @ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> used,
            @ForAll @IntRange(max = 60) int after,
            @ForAll @IntRange(max = 15) int asked,
            @ForAll @IntRange(min = 1, max = 64) int slots) {
        LastUses uses = noted(used, slots);

        boolean usedSince = after < BEGUN_AFTER;
        for (int i = Math.max(0, after - BEGUN_AFTER); i < used.size(); i++) {
            usedSince |= used.get(i) == asked;
        }
        if (usedSince) {
            assertThat(uses.noneAfter(after, tag(asked))).isFalse();
        }
    }

    @Property
    void with_room_for_every_tag_the_answer_is_exact(
            @ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> used,
            @ForAll @IntRange(min = BEGUN_AFTER, max = 60) int after,
            @ForAll @IntRange(max = 15) int asked) {
        LastUses uses = noted(used, 16);

        boolean unused =
                used.stream().skip(after - BEGUN_AFTER).noneMatch(tag -> tag.equals(asked));

        assertThat(uses.noneAfter(after, tag(asked))).isEqualTo(unused);
    }

    @Example
    void nothing_is_said_before_the_beginning_nor_after_forgetting() {
        LastUses uses = new LastUses(16);
        assertThat(uses.noneAfter(100, tag(1))).isFalse();

        uses.startAfter(5);
        assertThat(uses.noneAfter(4, tag(1))).isFalse();
        assertThat(uses.noneAfter(5, tag(1))).isTrue();

        uses.forget();
        assertThat(uses.noneAfter(5, tag(1))).isFalse();
    }

    /** One event after the other, each with one tag. */
    private static LastUses noted(List<Integer> used, int slots) {
        LastUses uses = new LastUses(slots);
        uses.startAfter(BEGUN_AFTER);
        for (int i = 0; i < used.size(); i++) {
            uses.note(BEGUN_AFTER + 1L + i, List.of(tag(used.get(i))));
        }
        return uses;
    }

    /** Tags with numbers below a power of two have slots of their own, where there are as many. */
    private static UUID tag(int number) {
        return new UUID(0, (long) number << 1);
    }
}
