package jp.hashimo.ledger.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jp.hashimo.ledger.eventstore.AppendRequest.Guard;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of the log, decoded, in memory: what was just written is mostly what is asked
 * for next.
 *
 * <p>It has no gap, and it ends where this node knows the log to end. Others may have written
 * since; whoever relies on its end has the append check it. Of events that have left it, it still
 * knows which tags they had not ({@link LastUses}).
 */
final class Tail {
    /**
     * Each event leaves its two or three tags. When ten times as many events have come as it keeps,
     * four of five unused tags are still known to be unused; a hundred times, one of seven.
     */
    static final int SLOTS_PER_EVENT = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final Entry[] ring;
    private final Map<UUID, Deque<Long>> byTag = new HashMap<>();
    private final LastUses uses;
    private Consumer<UUID> leaving = _ -> {};

    /** The oldest position it has, one more than {@link #last} when it is empty. */
    private long first;

    /** Where the log ends, as far as this node knows; -1 while it knows nothing. */
    private long last = -1;

    private @Nullable Known lastEvent;

    /** An event with what it is found by. */
    record Entry(RecordedEvent event, String type, List<UUID> tags) {
        long position() {
            return event.position();
        }
    }

    /** The end of the log as this node knows it: its last event, null where the log is empty. */
    record Head(@Nullable Known known) {
        static final Head OF_NOTHING = new Head(null);

        long position() {
            return known == null ? 0 : known.position();
        }
    }

    /**
     * @param size how many events it keeps
     */
    Tail(int size) {
        ring = new Entry[size];
        uses = new LastUses(size * SLOTS_PER_EVENT);
    }

    /**
     * Has somebody told of each tag of an event that is about to leave: the last moment to ask for
     * what has come since.
     */
    void whenLeaving(Consumer<UUID> listener) {
        leaving = listener;
    }

    /** Begins at an end of the log, without the events before it, unless it knows a later one. */
    void startAt(Head head) {
        lock.lock();
        try {
            if (head.position() > last) {
                forgetEvents();
                first = head.position() + 1;
                last = head.position();
                lastEvent = head.known();
                uses.startAfter(last);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Knows nothing any more. */
    void forget() {
        lock.lock();
        try {
            forgetEvents();
            uses.forget();
            last = -1;
            lastEvent = null;
        } finally {
            lock.unlock();
        }
    }

    private void forgetEvents() {
        byTag.clear();
        Arrays.fill(ring, null);
    }

    Optional<Head> head() {
        lock.lock();
        try {
            return last < 0 ? Optional.empty() : Optional.of(new Head(lastEvent));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds what follows its end; what it has already is passed over.
     *
     * @param entries in order
     * @return false, and nothing is added, if something is missing before or between them
     */
    boolean add(List<Entry> entries) {
        lock.lock();
        try {
            if (last < 0 || entries.isEmpty() || lackOneBefore(entries)) {
                return last >= 0 && entries.isEmpty();
            }
            for (Entry entry : entries) {
                if (entry.position() > last) {
                    put(entry);
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean lackOneBefore(List<Entry> entries) {
        long before = last;
        for (Entry entry : entries) {
            if (entry.position() > before + 1) {
                return true;
            }
            before = Math.max(before, entry.position());
        }
        return false;
    }

    private void put(Entry entry) {
        int place = (int) (entry.position() % ring.length);
        Entry oldest = ring[place];
        if (oldest != null) {
            evict(oldest);
        }
        ring[place] = entry;
        for (UUID tag : entry.tags()) {
            byTag.computeIfAbsent(tag, _ -> new ArrayDeque<>(4)).addLast(entry.position());
        }
        uses.note(entry.position(), entry.tags());
        last = entry.position();
        lastEvent = Known.of(entry.event());
    }

    private void evict(Entry oldest) {
        oldest.tags().forEach(leaving);
        first = oldest.position() + 1;
        for (UUID tag : oldest.tags()) {
            Deque<Long> positions = byTag.get(tag);
            if (positions != null) {
                positions.pollFirst();
                if (positions.isEmpty()) {
                    byTag.remove(tag);
                }
            }
        }
    }

    /**
     * The events with a tag after a position, up to an end that this node knew.
     *
     * @return null if it does not reach back that far, and cannot say that there are none; or not
     *     so far forward
     */
    @Nullable List<RecordedEvent> since(long after, UUID tag, Head upTo) {
        lock.lock();
        try {
            if (upTo.position() > last) {
                return null;
            }
            if (isUnused(tag, after)) {
                return List.of();
            }
            if (!reaches(after)) {
                return null;
            }
            Deque<Long> positions = byTag.get(tag);
            if (positions == null || positions.peekLast() <= after) {
                return List.of();
            }
            var found = new ArrayList<RecordedEvent>();
            for (Iterator<Long> newest = positions.descendingIterator(); newest.hasNext(); ) {
                long position = newest.next();
                if (position <= after) {
                    break;
                } else if (position <= upTo.position()) {
                    found.add(at(position).event());
                }
            }
            return found.reversed();
        } finally {
            lock.unlock();
        }
    }

    /** What follows a position; empty also when it does not reach back that far. */
    List<RecordedEvent> read(long after, int limit) {
        lock.lock();
        try {
            if (!reaches(after)) {
                return List.of();
            }
            var found = new ArrayList<RecordedEvent>();
            for (long p = after + 1; p <= last && found.size() < limit; p++) {
                found.add(at(p).event());
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** What it can say of a guard. */
    enum Verdict {
        /** An event it has breaks it. */
        BROKEN,
        /** Nothing up to the end of the tail breaks it. */
        HOLDS,
        /** It cannot tell, because the guard begins before or after all it knows of. */
        UNKNOWN
    }

    Verdict judge(Guard guard) {
        lock.lock();
        try {
            if (guard.rule().tags().isEmpty()) {
                return Verdict.UNKNOWN;
            }
            UUID tag = guard.rule().tags().getFirst();
            if (isUnused(tag, guard.after())) {
                return Verdict.HOLDS;
            }
            if (!reaches(guard.after())) {
                return Verdict.UNKNOWN;
            }
            Deque<Long> positions = byTag.get(tag);
            if (positions == null || positions.peekLast() <= guard.after()) {
                return Verdict.HOLDS;
            }
            for (Iterator<Long> newest = positions.descendingIterator(); newest.hasNext(); ) {
                long position = newest.next();
                if (position <= guard.after()) {
                    break;
                }
                Entry entry = at(position);
                if (guard.rule().matches(entry.type(), entry.tags())) {
                    return Verdict.BROKEN;
                }
            }
            return Verdict.HOLDS;
        } finally {
            lock.unlock();
        }
    }

    /** Whether another event than the known one stands at its position; null if it cannot tell. */
    @Nullable Boolean contradicts(Known known) {
        lock.lock();
        try {
            if (known.position() == last) {
                return !known.equals(lastEvent);
            } else if (last < 0 || known.position() < first || known.position() > last) {
                return null;
            }
            return !known.equals(Known.of(at(known.position()).event()));
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnused(UUID tag, long after) {
        return after <= last && uses.noneAfter(after, tag);
    }

    private boolean reaches(long after) {
        return last >= 0 && after >= first - 1 && after <= last;
    }

    private Entry at(long position) {
        return ring[(int) (position % ring.length)];
    }
}
