package jp.hashimo.api.http;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.readmodel.ProjectionRunner;
import jp.hashimo.ledger.readmodel.Projections;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads from the projections: each answer is one state of the ledger, says which, and is at least
 * as new as the caller asks for, and as whatever this node has written.
 */
@Component
public class Reads {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Projections projections;
    private final Ledger ledger;
    private final LedgerId ledgerId;
    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    Reads(
            Projections projections,
            Ledger ledger,
            LedgerId ledgerId,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.projections = projections;
        this.ledger = ledger;
        this.ledgerId = ledgerId;
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** What was read, and the position it is right for. */
    public record At<T>(T value, long position) {}

    /** Answers the request at hand from one projection. */
    public ResponseEntity<Object> answer(String projection, Supplier<?> query) {
        return shown(at(projection, query));
    }

    private static ResponseEntity<Object> shown(At<?> read) {
        return ResponseEntity.ok()
                .header("Ledger-Position", Long.toString(read.position()))
                .body(read.value());
    }

    /**
     * Answers from one projection what is right only if that position is in it; without it there is
     * no answer.
     */
    public ResponseEntity<Object> answer(String projection, long needed, Supplier<?> query) {
        ProjectionRunner runner = projections.runner(projection);
        if (!reached(runner, needed)) {
            throw notThere(runner);
        }
        At<?> read = at(projection, query);
        if (read.position() < needed) {
            throw notThere(runner);
        }
        return shown(read);
    }

    /**
     * Reads from one projection, in one snapshot with its position. A database that was set back
     * may show less than this node believes, and tables may show what the log has lost; neither is
     * an answer.
     */
    public <T> At<T> at(String projection, Supplier<T> query) {
        ProjectionRunner runner = projections.runner(projection);
        OptionalLong asked = asked();
        await(runner, asked);
        return snapshot.execute(_ -> {
            // Before the snapshot is taken, so that no table is exchanged for another that the
            // snapshot knows half full only.
            jdbc.sql("LOCK TABLE reading IN ACCESS SHARE MODE").update();
            long position = position(projection);
            if (position < asked.orElse(0)) {
                throw notThere(runner);
            }
            return new At<>(query.get(), position);
        });
    }

    /** As its tables show it; before the beginning if they show what the log does not have. */
    private long position(String projection) {
        return jdbc.sql(
                        "SELECT CASE WHEN stands THEN position ELSE -1 END FROM projection_place"
                                + " WHERE ledger_id = ? AND name = ?")
                .params(ledgerId.value(), projection)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private void await(ProjectionRunner runner, OptionalLong asked) {
        long wanted = Math.max(asked.orElse(0), ledger.lastPosition());
        if (!reached(runner, wanted) && (runner.isStopped() || asked.isPresent())) {
            throw notThere(runner);
        }
    }

    private static boolean reached(ProjectionRunner runner, long position) {
        try {
            return runner.awaitPosition(position, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notThere(runner);
        }
    }

    private static Problem notThere(ProjectionRunner runner) {
        return runner.isStopped()
                ? Problem.of(503, "projection-stopped").retryAfter(60)
                : Problem.of(503, "not-caught-up").retryAfter(1);
    }

    /** The position the caller asks for, if he does. */
    private static OptionalLong asked() {
        String asked = Requests.current().getHeader("Ledger-Position");
        try {
            return asked == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.max(0, Long.parseLong(asked)));
        } catch (NumberFormatException e) {
            throw Problem.malformed("/Ledger-Position");
        }
    }
}
