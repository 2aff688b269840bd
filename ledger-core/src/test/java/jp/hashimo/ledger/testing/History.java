package jp.hashimo.ledger.testing;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory that executes commands as the real one does: it shows a command the facts of its
 * boundary and nothing else. A rule whose boundary forgets something fails here too.
 */
public final class History {
    private final List<LedgerEvent> events = new ArrayList<>();
    private final List<Set<String>> tags = new ArrayList<>();

    /** Adds facts that nobody decided here. */
    public void happened(LedgerEvent... facts) {
        List.of(facts).forEach(this::append);
    }

    private void append(LedgerEvent event) {
        events.add(event);
        tags.add(tagsOf(event));
    }

    /** Decides, and on acceptance appends. */
    public <S, R extends Rejection> Decision<R> execute(Command<S, R> command, Instant now) {
        Decision<R> decision = command.decide(fold(command), now);
        if (decision instanceof Decision.Accepted<R>(var facts)) {
            facts.forEach(this::append);
        }
        return decision;
    }

    /** What the command knows before it decides. */
    public <S, R extends Rejection> S fold(Command<S, R> command) {
        var states = new HashMap<Fold<?>, Object>();
        command.boundary().forEach(fold -> states.put(fold, stateOf(fold)));
        return command.state(new Folded(states));
    }

    private <T> T stateOf(Fold<T> fold) {
        T state = fold.initial();
        for (int position = 0; position < events.size(); position++) {
            if (tags.get(position).contains(fold.facts().tag())) {
                state = fold.evolve(state, events.get(position));
            }
        }
        return state;
    }

    /** Every fact so far, in the order of the log. */
    public List<LedgerEvent> events() {
        return List.copyOf(events);
    }

    /** The tags of a fact as {@code key:value}; a null has none, a list has one for each member. */
    public static Set<String> tagsOf(LedgerEvent event) {
        var tags = new TreeSet<String>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            for (EventTag tag : component.getAccessor().getAnnotationsByType(EventTag.class)) {
                Object value = read(component, event);
                if (value instanceof Iterable<?> members) {
                    members.forEach(member -> tags.add(tag.key() + ":" + member));
                } else if (value != null) {
                    tags.add(tag.key() + ":" + value);
                }
            }
        }
        return tags;
    }

    private static @Nullable Object read(RecordComponent component, LedgerEvent event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a fact is a public record: " + event, e);
        }
    }
}
