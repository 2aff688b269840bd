package jp.hashimo.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;

/** What the city answered to a command, and what that left in the log. */
public record Answer(Decision<?> decision, List<LedgerEvent> appended) {

    /** It said no, for exactly this reason, and the log is as it was. */
    public void refuses(Rejection reason) {
        assertThat(decision).isEqualTo(new Decision.Rejected<>(reason));
        assertThat(appended).isEmpty();
    }

    /** It said yes, and the log has grown by facts of these types in this order. */
    public Answer leaves(Class<?>... types) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        assertThat(appended).extracting(Object::getClass).isEqualTo(List.of(types));
        return this;
    }

    /** The only fact of a type that it left. */
    public <E extends LedgerEvent> E fact(Class<E> type) {
        List<E> facts = appended.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(facts).describedAs("%s of %s", type.getSimpleName(), decision).hasSize(1);
        return facts.getFirst();
    }

    public boolean isAccepted() {
        return decision instanceof Decision.Accepted;
    }
}
