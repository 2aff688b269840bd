package jp.hashimo.ledger.eventstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import jp.hashimo.ledger.eventstore.BatchJudge.Submission;
import jp.hashimo.ledger.eventstore.LogStore.Found;
import jp.hashimo.ledger.eventstore.LogStore.KeptState;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ledger_append} and the tables beside it promise, in the plainest way: one list, and
 * every question answered by looking.
 */
final class SimulatedLog {
    private final List<Tail.Entry> entries = new ArrayList<>();
    private final Map<UUID, Integer> positions = new HashMap<>();
    private final Map<UUID, EncodedEvent> encoded = new HashMap<>();
    private final Map<UUID, List<Integer>> byTag = new HashMap<>();
    private final Map<String, KeptState> kept = new LinkedHashMap<>();

    /** What once stood where, and does not any more. */
    private final Set<Known> lost = new HashSet<>();

    /** The ledger's clock goes on while a log is brought back: by a microsecond at least. */
    private Instant afterLoss = Instant.MIN;

    private int restores;

    /** A batch as it travels: what is in doubt is written down when it is sent. */
    record Statement(
            @Nullable Known known,
            @Nullable Long reliedHead,
            List<Submission> submissions,
            List<Boolean> inDoubt) {
        static Statement of(@Nullable Known known, BatchJudge judged) {
            return new Statement(
                    known,
                    judged.reliedHead(),
                    List.copyOf(judged.submissions()),
                    judged.submissions().stream().map(s -> s.request().inDoubt()).toList());
        }
    }

    /** The contract of {@code ledger_append}; nobody else is here meanwhile. */
    List<Verdict> append(Statement statement, Instant now) {
        Known known = statement.known();
        if (known != null && !has(known)) {
            return ofAll(statement, new Verdict.LogIsShorter());
        }
        if (statement.reliedHead() != null && statement.reliedHead() != size()) {
            return ofAll(statement, new Verdict.HeadMoved());
        }
        int head = size();
        Instant at = later(now, afterLoss);
        if (head > 0) {
            at = later(at, at(head).event().at());
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < statement.submissions().size(); i++) {
            Submission submission = statement.submissions().get(i);
            boolean inDoubt = statement.inDoubt().get(i);
            verdicts.add(judge(submission, inDoubt, head, at, now));
        }
        return verdicts;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static List<Verdict> ofAll(Statement statement, Verdict verdict) {
        return statement.submissions().stream().map(_ -> verdict).toList();
    }

    private Verdict judge(
            Submission submission, boolean inDoubt, int head, Instant at, Instant now) {
        AppendRequest request = submission.request();
        if (inDoubt && request.events().stream().allMatch(this::isWritten)) {
            int first = positionOf(request.events().getFirst().id());
            return new Verdict.Written(first, at(first).event().at());
        } else if (request.deadline() != null && !request.deadline().isAfter(now)) {
            return new Verdict.DeadlinePassed();
        } else if (isBeaten(submission, head)) {
            return new Verdict.Conflict();
        }
        int first = size() + 1;
        request.events().forEach(event -> write(event, at));
        return new Verdict.Written(first, at);
    }

    private boolean isWritten(NewEvent event) {
        EncodedEvent there = encoded.get(event.id());
        return there != null
                && there.type().equals(event.encoded().type())
                && Arrays.equals(there.payload(), event.encoded().payload());
    }

    private boolean isBeaten(Submission submission, int head) {
        Known anchor = submission.anchor();
        return (anchor != null && !has(anchor))
                || submission.request().events().stream()
                        .anyMatch(event -> positions.containsKey(event.id()))
                || submission.guards().stream().anyMatch(guard -> isBroken(guard, head));
    }

    private boolean isBroken(Guard guard, int head) {
        for (long p = guard.after() + 1; p <= head; p++) {
            if (guard.rule().matches(at((int) p).type(), at((int) p).tags())) {
                return true;
            }
        }
        return false;
    }

    /** Appends without any question. */
    void write(NewEvent event, Instant at) {
        int position = size() + 1;
        entries.add(
                new Tail.Entry(event.recorded(position, at), event.encoded().type(), event.tags()));
        if (positions.put(event.id(), position) != null) {
            throw new AssertionError("an id is written twice: " + event);
        }
        encoded.put(event.id(), event.encoded());
        event.tags()
                .forEach(tag -> byTag.computeIfAbsent(tag, _ -> new ArrayList<>()).add(position));
    }

    /** As after a restore or a failover to a standby that lacked the end. */
    void shorten(int to, boolean keptToo) {
        restores++;
        while (size() > to) {
            Tail.Entry entry = entries.removeLast();
            lost.add(Known.of(entry.event()));
            afterLoss = later(afterLoss, entry.event().at().plus(1, ChronoUnit.MICROS));
            positions.remove(entry.event().id());
            encoded.remove(entry.event().id());
            entry.tags().forEach(tag -> Objects.requireNonNull(byTag.get(tag)).removeLast());
        }
        if (keptToo) {
            kept.values().removeIf(state -> state.newest().position() > to);
        }
    }

    int restores() {
        return restores;
    }

    boolean hasLost(RecordedEvent event) {
        return lost.contains(Known.of(event));
    }

    int size() {
        return entries.size();
    }

    Tail.Entry at(int position) {
        return entries.get(position - 1);
    }

    int positionOf(UUID id) {
        return positions.getOrDefault(id, 0);
    }

    List<Tail.Entry> between(long after, long upTo) {
        int to = (int) Math.min(upTo, size());
        return after >= to ? List.of() : List.copyOf(entries.subList((int) after, to));
    }

    List<RecordedEvent> events() {
        return entries.stream().map(Tail.Entry::event).toList();
    }

    boolean has(Known known) {
        return known.position() <= size()
                && Known.of(at((int) known.position()).event()).equals(known);
    }

    Tail.Head end() {
        return size() == 0
                ? Tail.Head.OF_NOTHING
                : new Tail.Head(Known.of(entries.getLast().event()));
    }

    List<RecordedEvent> ofRequest(String requestId) {
        int first = positionOf(RequestIds.of(requestId, 0));
        return first == 0
                ? List.of()
                : entries.subList(first - 1, size()).stream()
                        .map(Tail.Entry::event)
                        .takeWhile(e -> requestId.equals(e.metadata().get(Stamp.REQUEST)))
                        .toList();
    }

    // Folds.

    Found bringUpToDate(
            @Nullable Known known, Map<Fold<?>, Held<?>> olds, @Nullable String requestId) {
        Map<Fold<?>, Held<?>> states = new LinkedHashMap<>();
        olds.forEach((fold, old) -> states.put(fold, brought(fold, old)));
        boolean done = requestId != null && positionOf(RequestIds.of(requestId, 0)) > 0;
        return new Found(end(), known != null && !has(known), states, 0, done);
    }

    @SuppressWarnings("unchecked")
    private <T> Held<T> brought(Fold<T> fold, Held<?> old) {
        Held<T> base = (Held<T>) old;
        var form = fold.keepsake();
        KeptState better = form == null ? null : kept.get(form.name() + ':' + fold.facts().value());
        if (better != null && better.newest().position() > base.upTo() && has(better.newest())) {
            base = new Held<>((T) better.state(), better.newest().position(), better.newest(), 0);
        }
        return base.with(fold, tagged(fold, base.upTo(), size()), size());
    }

    private List<RecordedEvent> tagged(Fold<?> fold, long after, long upTo) {
        return byTag.getOrDefault(TagKey.of(fold.facts().tag()), List.of()).stream()
                .filter(position -> position > after && position <= upTo)
                .map(position -> at(position).event())
                .toList();
    }

    void keep(Collection<KeptState> states) {
        for (KeptState one : states) {
            kept.merge(
                    one.fold() + ':' + one.subject(),
                    one,
                    (old, fresh) ->
                            old.newest().position() < fresh.newest().position() ? fresh : old);
        }
    }

    Collection<KeptState> kept() {
        return kept.values();
    }

    /** The state of a fold at a position, folded from the first event on. */
    <T> T fresh(Fold<T> fold, long position) {
        T state = fold.initial();
        for (RecordedEvent event : tagged(fold, 0, position)) {
            state = fold.evolve(state, event.event());
        }
        return state;
    }

    /** What the rule says at a position. */
    <S, R extends Rejection> Decision<R> decide(Command<S, R> command, long position, Instant now) {
        Map<Fold<?>, Object> states = new HashMap<>();
        command.boundary().forEach(fold -> states.put(fold, fresh(fold, position)));
        return command.decide(command.state(new Folded(states)), now);
    }
}
