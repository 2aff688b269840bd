package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.hashimo.ledger.eventstore.Town.Counted;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.eventstore.Town.Paid;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppendConditionTest {
    private static final QualifiedName PAID = new QualifiedName("town.Paid");
    private static final QualifiedName OPENED = new QualifiedName("town.Opened");
    private static final EventCriteria SHOP = EventCriteria.havingTags("shop", "tofu");

    private TestDatabase database;
    private Node node;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        node = new Node(database.dataSource());
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void an_empty_log_is_sourced_with_marker_zero_and_the_first_event_conflicts_with_it() {
        Node.Read read = node.source(SHOP);
        node.append(new Opened("tofu"));

        assertThat(read.events()).isEmpty();
        assertThat(GlobalIndexConsistencyMarker.position(read.marker())).isZero();
        assertConflict(read.condition(SHOP));
    }

    @Test
    void the_very_next_event_conflicts() {
        node.append(new Opened("tofu"));
        Node.Read read = node.source(SHOP);
        node.append(paid("tofu", "aki"));

        assertThat(GlobalIndexConsistencyMarker.position(read.marker())).isEqualTo(1);
        assertConflict(read.condition(SHOP));
    }

    @Test
    void what_one_appended_itself_does_not_conflict_with_its_new_marker() {
        Node.Read read = node.source(SHOP);
        Appended first = node.append(read.condition(SHOP), new Opened("tofu"));
        ConsistencyMarker after = new GlobalIndexConsistencyMarker(first.lastPosition());

        Appended second =
                node.append(
                        AppendCondition.withCriteria(SHOP).withMarker(after), paid("tofu", "aki"));

        assertThat(second.firstPosition()).isEqualTo(2);
    }

    @Test
    void events_of_others_do_not_conflict() {
        Node.Read read = node.source(SHOP);
        node.append(new Opened("rice"), paid("rice", "aki"), new Counted(3));

        assertThat(node.append(read.condition(SHOP), new Opened("tofu")).firstPosition())
                .isEqualTo(4);
    }

    @Test
    void only_the_types_that_were_asked_for_conflict() {
        EventCriteria opened = typed(OPENED);
        Node.Read read = node.source(opened);
        node.append(paid("tofu", "aki"));
        node.append(read.condition(opened), paid("tofu", "ume"));
        node.append(new Opened("tofu"));

        assertConflict(read.condition(opened));
    }

    @Test
    void tags_of_one_criterion_must_all_be_on_the_event() {
        EventCriteria both = EventCriteria.havingTags("shop", "tofu", "payer", "aki");
        node.append(paid("tofu", "aki"));
        Node.Read read = node.source(both);
        node.append(paid("tofu", "ume"), paid("rice", "aki"));
        node.append(read.condition(both), new Counted(1));
        node.append(paid("tofu", "aki"));

        assertThat(read.events()).containsExactly(paid("tofu", "aki"));
        assertThat(node.source(both).events()).hasSize(2);
        assertConflict(read.condition(both));
    }

    @Test
    void of_several_criteria_any_one_conflicts() {
        EventCriteria either =
                EventCriteria.either(
                        EventCriteria.havingTags("shop", "tofu").or(typed(PAID)),
                        EventCriteria.havingTags("party", "ume"));
        Node.Read read = node.source(either);
        node.append(paid("rice", "aki"), new Counted(1));
        node.append(read.condition(either), new Counted(2));
        node.append(paid("rice", "ume"));

        assertConflict(read.condition(either));
    }

    @Test
    void an_event_that_several_criteria_want_is_sourced_once_and_all_come_in_order() {
        node.append(new Opened("rice"), paid("tofu", "aki"), new Counted(1), new Opened("tofu"));
        EventCriteria either =
                EventCriteria.either(
                        EventCriteria.havingTags("payer", "aki"),
                        EventCriteria.havingTags("shop", "tofu"),
                        EventCriteria.havingTags("party", "aki"));

        Node.Read read = node.source(either);

        assertThat(read.events()).containsExactly(paid("tofu", "aki"), new Opened("tofu"));
        assertThat(GlobalIndexConsistencyMarker.position(read.marker())).isEqualTo(4);
    }

    @Test
    void types_alone_and_any_event_can_be_guarded_too() {
        EventCriteria counted =
                EventCriteria.havingAnyTag().andBeingOneOfTypes(new QualifiedName("town.Counted"));
        EventCriteria anything = EventCriteria.havingAnyTag();
        EventCriteria anythingAmongOthers = EventCriteria.either(anything, SHOP);
        Node.Read read = node.source(counted);
        node.append(new Opened("tofu"));
        node.append(read.condition(counted), new Opened("rice"));

        assertThat(node.source(anything).events()).hasSize(2);
        assertThat(node.source(anythingAmongOthers).events()).hasSize(2);
        assertConflict(read.condition(anything));
        assertConflict(read.condition(anythingAmongOthers));
        node.append(new Counted(1));
        assertConflict(read.condition(counted));
    }

    @Test
    void without_a_condition_nothing_conflicts() {
        node.append(new Opened("tofu"));
        assertThat(node.append(AppendCondition.none(), new Opened("tofu")).firstPosition())
                .isEqualTo(2);
    }

    @Test
    void a_conflict_leaves_nothing() {
        Node.Read read = node.source(SHOP);
        node.append(new Opened("tofu"));
        assertConflict(read.condition(SHOP));

        assertThat(node.engine.log().read(0, 10)).hasSize(1);
    }

    private void assertConflict(AppendCondition condition) {
        assertThatThrownBy(() -> node.append(condition, new Counted(99)))
                .isInstanceOf(AppendEventsTransactionRejectedException.class);
    }

    private static EventCriteria typed(QualifiedName type) {
        return EventCriteria.havingTags(new Tag("shop", "tofu")).andBeingOneOfTypes(type);
    }

    private static Paid paid(String shop, String payer) {
        return new Paid(shop, payer, new Points(700));
    }
}
