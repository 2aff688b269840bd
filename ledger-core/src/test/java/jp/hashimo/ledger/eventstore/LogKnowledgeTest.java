package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogKnowledgeTest {
    @Test
    void one_who_cannot_be_told_of_a_loss_keeps_nobody_from_hearing_of_it() {
        var knowledge = new LogKnowledge();
        knowledge.learn(new Known(1, new UUID(0, 1), Instant.EPOCH), 0);
        List<String> told = new ArrayList<>();
        knowledge.whenShorter(() -> told.add("first"));
        knowledge.whenShorter(() -> {
            throw new IllegalStateException("no time");
        });
        knowledge.whenShorter(() -> told.add("last"));

        knowledge.forget(0);

        assertThat(told).containsExactly("first", "last");
        assertThat(knowledge.seen()).isEqualTo(new LogKnowledge.Seen(null, 1));
    }

    @Test
    void markers_of_one_position_on_two_logs_are_not_the_same() {
        var one = new LogMarker(new Known(7, new UUID(0, 1), Instant.EPOCH));
        var same = new LogMarker(new Known(7, new UUID(0, 1), Instant.EPOCH));
        var other = new LogMarker(new Known(7, new UUID(0, 2), Instant.EPOCH));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(new LogMarker(null)).isEqualTo(new LogMarker(null)).isNotEqualTo(one);
    }
}
