package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Brings what others have written into the {@link Tail}. */
final class TailFiller {
    /** More than this at once is not news any more: the tail begins anew at the end of the log. */
    private static final int MOST = 2_000;

    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final Tail tail;
    private final LogKnowledge knowledge;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    TailFiller(
            DataSource database,
            String ledgerId,
            EventCodec codec,
            Tail tail,
            LogKnowledge knowledge) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        this.tail = tail;
        this.knowledge = knowledge;
    }

    /**
     * Reads on until the tail reaches a position that the log is known to have. If it cannot, the
     * tail ends where it ended, or begins anew later.
     */
    void upTo(long position) throws SQLException {
        oneAtATime.lock();
        try {
            Optional<Tail.Head> head = tail.head();
            if (head.isEmpty() || position - head.get().position() > MOST) {
                tail.startAt(LogRows.end(database, ledgerId));
            } else if (head.get().position() < position) {
                fill(head.get().position(), position);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private void fill(long after, long position) throws SQLException {
        List<Tail.Entry> news =
                LogRows.query(
                        database,
                        row -> LogRows.entry(row, codec),
                        "SELECT "
                                + LogRows.STORED
                                + " FROM event WHERE ledger_id = ? AND position > ?"
                                + " AND position <= ? ORDER BY position",
                        ledgerId,
                        after,
                        position);
        if (!news.isEmpty() && tail.add(news)) {
            RecordedEvent newest = news.getLast().event();
            knowledge.learn(newest.position(), newest.id());
        }
    }

    /**
     * Looks at the end of the log: fetches what others wrote, and notices when the log has become
     * shorter.
     *
     * @return where the log ends
     */
    long look() throws SQLException {
        Known known = knowledge.known();
        Tail.Head end = LogRows.end(database, ledgerId);
        if (known != null && lacks(end, known)) {
            knowledge.forget(known);
            tail.startAt(LogRows.end(database, ledgerId));
        } else {
            upTo(end.position());
        }
        return end.position();
    }

    private boolean lacks(Tail.Head end, Known known) throws SQLException {
        if (known.equals(end.known())) {
            return false;
        }
        return LogRows.query(
                        database,
                        _ -> true,
                        "SELECT 1 FROM event WHERE ledger_id = ? AND position = ? AND id = ?",
                        ledgerId,
                        known.position(),
                        known.eventId())
                .isEmpty();
    }
}
