package jp.hashimo.ledger.eventstore;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Brings what others have written into the {@link Tail}. */
final class TailFiller {
    /** More than this at once is not news any more: the tail begins anew at the end of the log. */
    private static final int MOST = 2_000;

    private final LogStore store;
    private final Tail tail;
    private final LogKnowledge knowledge;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    TailFiller(LogStore store, Tail tail, LogKnowledge knowledge) {
        this.store = store;
        this.tail = tail;
        this.knowledge = knowledge;
    }

    /**
     * Reads on until the tail reaches a position that the log is known to have. If it cannot, the
     * tail ends where it ended, or begins anew later.
     */
    void upTo(long position) {
        oneAtATime.lock();
        try {
            LogKnowledge.Seen seen = knowledge.seen();
            Optional<Tail.Head> head = tail.head();
            if (head.isEmpty() || position - head.get().position() > MOST) {
                begin(seen, head.map(Tail.Head::known).orElse(null));
            } else if (head.get().position() < position) {
                fill(head.get(), position, seen.losses());
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** At the end of the log, if it is still the one that is known and that the tail is of. */
    private void begin(LogKnowledge.Seen seen, @Nullable Known last) {
        Tail.Head end = store.end();
        if (lacks(end, seen.known()) || lacks(end, last)) {
            knowledge.forget(seen.losses());
        } else if (knowledge.seen().losses() == seen.losses()) {
            tail.startAt(end);
            learn(end.known(), seen.losses());
        }
    }

    private void learn(@Nullable Known event, long losses) {
        if (event != null) {
            knowledge.learn(event, losses);
        }
    }

    /**
     * What the tail ends with is read once more: if something else stands there now, what follows
     * it does not follow here.
     */
    private void fill(Tail.Head head, long position, long losses) {
        Known last = head.known();
        List<Tail.Entry> read = store.between(last == null ? 0 : last.position() - 1, position);
        if (last != null && !beginsWith(read, last)) {
            knowledge.forget(losses);
            return;
        }
        List<Tail.Entry> news = last == null ? read : read.subList(1, read.size());
        if (!news.isEmpty() && knowledge.seen().losses() == losses && tail.add(news)) {
            RecordedEvent newest = news.getLast().event();
            knowledge.learn(Known.of(newest), losses);
        }
    }

    private static boolean beginsWith(List<Tail.Entry> read, Known last) {
        return !read.isEmpty() && Known.of(read.getFirst().event()).equals(last);
    }

    /**
     * Looks at the end of the log: fetches what others wrote, and notices when the log has become
     * shorter.
     *
     * @return where the log ends
     */
    long look() {
        LogKnowledge.Seen seen = knowledge.seen();
        Known last = tail.head().map(Tail.Head::known).orElse(null);
        Tail.Head end = store.end();
        if (lacks(end, seen.known()) || lacks(end, last)) {
            knowledge.forget(seen.losses());
        }
        upTo(end.position());
        return end.position();
    }

    private boolean lacks(Tail.Head end, @Nullable Known known) {
        return known != null && !known.equals(end.known()) && !store.has(known);
    }
}
