package jp.hashimo.ledger.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Fold.Keepsake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps states beside the log when many events have gone into them, so that nobody has to fold a
 * long history twice.
 *
 * <p>It is done in the background and may be left undone: what is missing is folded again.
 */
final class FoldStates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FoldStates.class);

    /** So many events are folded again at most, give or take those of one moment. */
    static final int EVERY = 64;

    private static final int WAITING = 1_000;
    private static final String KEEP =
            "INSERT INTO fold_state AS s (ledger_id, fold, subject, position, event_id, state)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (ledger_id, fold, subject) DO UPDATE"
                    + " SET position = EXCLUDED.position, event_id = EXCLUDED.event_id,"
                    + " state = EXCLUDED.state WHERE s.position < EXCLUDED.position";

    private final DataSource database;
    private final String ledgerId;
    private final EventCodec codec;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;

    private record Entry(String fold, String subject, Known newest, Object state) {}

    FoldStates(DataSource database, String ledgerId, EventCodec codec) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.codec = codec;
        thread = Thread.ofVirtual().name("fold-states-" + ledgerId).start(this::work);
    }

    /** Has a state kept if enough has gone into it; returns what to go on with. */
    <T> Held<T> keep(Fold<T> fold, Held<T> held) {
        Keepsake<T> form = fold.keepsake();
        Known newest = held.newest();
        if (form == null || newest == null || held.unkept() < EVERY) {
            return held;
        }
        boolean taken =
                waiting.offer(new Entry(form.name(), fold.facts().value(), newest, held.state()));
        return taken ? held.kept() : held;
    }

    private void work() {
        try {
            while (true) {
                Map<String, Entry> newest = new LinkedHashMap<>();
                for (Entry entry = waiting.take(); entry != null; entry = waiting.poll()) {
                    newest.put(entry.fold() + ':' + entry.subject(), entry);
                }
                write(newest.values());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Iterable<Entry> entries) {
        try (Connection connection = database.getConnection();
                PreparedStatement keep = connection.prepareStatement(KEEP)) {
            for (Entry entry : entries) {
                keep.setString(1, ledgerId);
                keep.setString(2, entry.fold());
                keep.setString(3, entry.subject());
                keep.setLong(4, entry.newest().position());
                keep.setObject(5, entry.newest().eventId(), Types.OTHER);
                keep.setBytes(6, codec.json().writeValueAsBytes(entry.state()));
                keep.executeUpdate();
            }
        } catch (SQLException | RuntimeException e) {
            log.warn("states of ledger {} could not be kept: {}", ledgerId, e.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
