package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.eventstore.AppendRequest.NewEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states this node has at hand, brought forward by the newest events as they are wanted. */
final class FoldMemory {
    /** Instead of a position: that there is no fact is taken for granted until the append looks. */
    static final long PRESUMED = -1;

    private static final Logger log = LoggerFactory.getLogger(FoldMemory.class);

    private final Tail tail;
    private final LogKnowledge knowledge;
    private final FoldCache cache;
    private final FoldStates kept;

    FoldMemory(Tail tail, LogKnowledge knowledge, FoldCache cache, FoldStates kept) {
        this.tail = tail;
        this.knowledge = knowledge;
        this.cache = cache;
        this.kept = kept;
    }

    /** The key of what a fold is folded from. */
    UUID tagOf(Fold<?> fold) {
        return cache.tagOf(fold);
    }

    /** The newest state, however old; null if there is none. */
    <T> @Nullable Held<T> latest(Fold<T> fold, long losses) {
        return cache.get(fold, losses);
    }

    /**
     * The state at an end; null if memory does not reach so far back, or is ahead of it.
     *
     * @param read the state whoever asks has already, if he has one
     */
    @SuppressWarnings("unchecked")
    <T> @Nullable Held<T> upTo(Tail.Head head, Fold<T> fold, @Nullable Held<?> read, long losses) {
        Held<T> held = read == null ? cache.get(fold, losses) : (Held<T>) read;
        if (held == null || held.upTo() == PRESUMED || held.upTo() == head.position()) {
            return held;
        }
        if (held.upTo() > head.position() && held.isUnchangedSince(head.position())) {
            // A store's state, which every payment at it brings forward and none changes.
            return held.at(head.position());
        }
        List<RecordedEvent> news =
                held.upTo() > head.position() ? null : tail.since(held.upTo(), tagOf(fold), head);
        if (news == null) {
            return null;
        }
        Held<T> next = held.with(fold, news, head.position());
        return news.isEmpty() ? next : keep(fold, next, losses);
    }

    /** Keeps a state, here and now and then beside the log. */
    <T> Held<T> keep(Fold<T> fold, Held<T> held, long losses) {
        Held<T> next = kept.keep(fold, held);
        cache.put(fold, next, losses);
        return next;
    }

    /**
     * Brings states forward over events that will soon have left the tail, so that they need not be
     * read again only because somebody else has changed what they are folded from.
     */
    void catchUp(UUID tag) {
        Tail.Head head = tail.head().orElse(null);
        if (head != null) {
            long losses = knowledge.seen().losses();
            cache.foldedFrom(tag).forEach(fold -> catchUp(fold, tag, head, losses));
        }
    }

    /** One that cannot be folded stops nobody but who asks for it: he meets the fault himself. */
    private <T> void catchUp(Fold<T> fold, UUID tag, Tail.Head head, long losses) {
        Held<T> held = cache.get(fold, losses);
        if (held != null && held.upTo() < head.position()) {
            List<RecordedEvent> news = tail.since(held.upTo(), tag, head);
            if (news != null && !news.isEmpty()) {
                try {
                    keep(fold, held.with(fold, news, head.position()), losses);
                } catch (RuntimeException e) {
                    log.error("{} cannot be brought forward to {}", fold, head, e);
                    cache.drop(fold);
                }
            }
        }
    }

    /**
     * Remembers what an append has made of the states it was decided on. Nothing else has come
     * between, for the append was conditioned on it.
     *
     * @param losses how often the log had become shorter when they were read
     */
    void appended(
            Map<Fold<?>, Held<?>> states, long losses, List<NewEvent> events, Appended where) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            recorded.add(events.get(i).recorded(where.firstPosition() + i, where.at()));
        }
        states.forEach((fold, held) -> advance(fold, held, events, recorded, where, losses));
    }

    @SuppressWarnings("unchecked")
    private <T> void advance(
            Fold<T> fold,
            Held<?> before,
            List<NewEvent> events,
            List<RecordedEvent> recorded,
            Appended where,
            long losses) {
        UUID tag = tagOf(fold);
        List<RecordedEvent> own = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).tags().contains(tag)) {
                own.add(recorded.get(i));
            }
        }
        keep(fold, ((Held<T>) before).with(fold, own, where.lastPosition()), losses);
    }
}
