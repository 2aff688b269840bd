package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.TestDatabase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** Random histories on the real log and on a list in memory must come to the same. */
class AppendConditionProperties {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static int ledgers;

    /**
     * @param staleness how many events before the end of the log the decision stopped reading
     * @param events what it wants to append
     */
    record Wish(EventCriteria criteria, boolean guarded, int staleness, List<LedgerEvent> events) {}

    @AfterContainer
    static void close() {
        DATABASE.close();
    }

    @Property(tries = 60)
    void the_log_accepts_and_finds_exactly_what_a_list_in_memory_does(
            @ForAll("histories") List<List<Wish>> history) {
        List<TaggedEventMessage<?>> model = new ArrayList<>();
        try (Node node =
                new Node(DATABASE.dataSource(), "ledger-" + ++ledgers, CommitLimits.DEFAULT)) {
            for (List<Wish> together : history) {
                int head = model.size();
                List<CompletableFuture<Appended>> answers = new ArrayList<>();
                for (Wish wish : together) {
                    answers.add(node.submit(condition(wish, head), events(wish)));
                }
                for (int i = 0; i < together.size(); i++) {
                    Wish wish = together.get(i);
                    boolean expected = accepts(model, wish, head);
                    assertThat(isWritten(answers.get(i))).as("%s", wish).isEqualTo(expected);
                    if (expected) {
                        assertThat(answers.get(i).join().firstPosition())
                                .isEqualTo(model.size() + 1L);
                        wish.events().forEach(e -> model.add(tagged(e)));
                    }
                }
                for (Wish wish : together) {
                    Node.Read read = node.source(wish.criteria());
                    assertThat(read.events()).isEqualTo(matching(model, wish.criteria()));
                    assertThat(GlobalIndexConsistencyMarker.position(read.marker()))
                            .isEqualTo(model.size());
                }
            }
        }
    }

    private static LedgerEvent[] events(Wish wish) {
        return wish.events().toArray(LedgerEvent[]::new);
    }

    private static AppendCondition condition(Wish wish, int head) {
        return wish.guarded()
                ? AppendCondition.withCriteria(wish.criteria())
                        .withMarker(
                                new GlobalIndexConsistencyMarker(
                                        Math.max(0, head - wish.staleness())))
                : AppendCondition.none();
    }

    private static boolean accepts(List<TaggedEventMessage<?>> model, Wish wish, int head) {
        List<TaggedEventMessage<?>> newer =
                model.subList(Math.max(0, head - wish.staleness()), model.size());
        return !wish.guarded() || matching(newer, wish.criteria()).isEmpty();
    }

    private static List<LedgerEvent> matching(
            List<TaggedEventMessage<?>> events, EventCriteria criteria) {
        return events.stream()
                .filter(e -> criteria.matches(e.event().type().qualifiedName(), e.tags()))
                .map(e -> (LedgerEvent) e.event().payload())
                .toList();
    }

    private static TaggedEventMessage<?> tagged(LedgerEvent event) {
        return Node.message(UUID.randomUUID(), event, Map.of());
    }

    private static boolean isWritten(CompletableFuture<Appended> answer) {
        try {
            Node.await(answer);
            return true;
        } catch (AppendEventsTransactionRejectedException conflict) {
            return false;
        }
    }

    @Provide
    Arbitrary<List<List<Wish>>> histories() {
        Arbitrary<Wish> wish =
                Combinators.combine(
                                criteria(),
                                Arbitraries.frequency(Tuple.of(6, true), Tuple.of(1, false)),
                                Arbitraries.integers().between(0, 3),
                                event().list().ofMinSize(1).ofMaxSize(3))
                        .as(Wish::new);
        return wish.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(6);
    }

    private static Arbitrary<LedgerEvent> event() {
        return Arbitraries.oneOf(
                shop().map(Opened::new),
                Combinators.combine(shop(), payer()).as((s, p) -> new Paid(s, p, Points.ZERO)),
                Arbitraries.just(new Counted(7)));
    }

    private static Arbitrary<EventCriteria> criteria() {
        Arbitrary<EventCriteria> one =
                Combinators.combine(
                                shop().injectNull(0.5),
                                payer().injectNull(0.5),
                                Arbitraries.of("town.Opened", "town.Paid", "town.Counted")
                                        .set()
                                        .ofMaxSize(2))
                        .as(AppendConditionProperties::criterion);
        return one.list().ofMinSize(1).ofMaxSize(3).map(EventCriteria::either);
    }

    private static EventCriteria criterion(
            @Nullable String shop, @Nullable String payer, Set<String> types) {
        Set<Tag> tags = new HashSet<>();
        if (shop != null) {
            tags.add(Tag.of("shop", shop));
        }
        if (payer != null) {
            tags.add(Tag.of("payer", payer));
        }
        Set<QualifiedName> names =
                types.stream().map(QualifiedName::new).collect(Collectors.toSet());
        return tags.isEmpty()
                ? names.isEmpty()
                        ? EventCriteria.havingAnyTag()
                        : EventCriteria.havingAnyTag().andBeingOneOfTypes(names)
                : names.isEmpty()
                        ? EventCriteria.havingTags(tags)
                        : EventCriteria.havingTags(tags).andBeingOneOfTypes(names);
    }

    private static Arbitrary<String> shop() {
        return Arbitraries.of("a", "b");
    }

    private static Arbitrary<String> payer() {
        return Arbitraries.of("x", "y", "z");
    }
}
