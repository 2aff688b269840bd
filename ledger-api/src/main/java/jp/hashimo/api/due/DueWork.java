package jp.hashimo.api.due;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.readmodel.Projections;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Records what the clock has decided: holds that ended, reservations that lapsed, lots that ended.
 * It may be late, run on several nodes or run twice; the ledger judges each command afresh, and
 * what is recorded already is refused.
 */
@Component
public class DueWork {
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(1);
    private static final String CLOCK = "clock";

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final LedgerClock clock;
    private final Ledger ledger;
    private final EventLog log;
    private final Projections projections;
    private final Clock wall = Clock.systemUTC();

    DueWork(
            JdbcClient jdbc,
            LedgerId ledgerId,
            LedgerClock clock,
            Ledger ledger,
            EventLog log,
            Projections projections) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.clock = clock;
        this.ledger = ledger;
        this.log = log;
        this.projections = projections;
    }

    /**
     * A sweep that has been recorded, or was found to be.
     *
     * @param position the state of the log that has it
     */
    private record Swept(Due due, long position) {}

    /**
     * Works off everything that is due by now and known to the projection. A subject whose history
     * cannot be holds up nobody else's; it is told of at the end, each time.
     */
    public void workOff() {
        var broken = new ArrayList<RuntimeException>();
        Due last = Due.NOTHING_YET;
        for (List<Due> page = dueAfter(last); !page.isEmpty(); page = dueAfter(last)) {
            var swept = new ArrayList<Swept>();
            page.forEach(due -> attempt(due, swept, broken));
            tick(swept);
            last = page.getLast();
        }
        if (!broken.isEmpty()) {
            var all = new IllegalStateException("due and cannot be recorded: " + broken.size());
            broken.forEach(all::addSuppressed);
            throw all;
        }
    }

    private void attempt(Due due, List<Swept> swept, List<RuntimeException> broken) {
        try {
            switch (ledger.execute(due.command(), stamp(due))) {
                // Recorded now; or recorded before, overtaken by an answer, or not over yet by what
                // the ledger knows.
                case Outcome.Done done -> note(due, done, done.position(), swept);
                case Outcome.Refused refused -> note(due, refused, refused.position(), swept);
                case Outcome.KeyReused _, Outcome.NoTime _, Outcome.Unknown _ ->
                        throw new IllegalStateException("not recorded yet: " + due);
            }
        } catch (LedgerInvariantBroken | IllegalArgumentException e) {
            broken.add(new IllegalStateException(due.toString(), e));
        }
    }

    private static void note(Due due, Outcome outcome, long position, List<Swept> swept) {
        if (due.isSweptBy(outcome)) {
            swept.add(new Swept(due, position));
        }
    }

    /**
     * The same, but first waits for the projection to know all that is in the log now, and
     * afterwards for the readers to show it.
     */
    public void workOffEverything() throws InterruptedException {
        projections.runner("due").awaitPosition(log.head(), PATIENCE);
        workOff();
        projections.awaitAll(log.head(), PATIENCE);
    }

    /** None while the table shows what the log has lost. */
    private List<Due> dueAfter(Due last) {
        return jdbc.sql(
                        """
                        SELECT d.kind, d.subject, d.due_at, d.xmin::text AS version, p.position FROM due d
                          JOIN projection_place p ON p.ledger_id = d.ledger_id AND p.name = 'due' AND p.stands
                         WHERE d.ledger_id = ? AND NOT d.done AND d.due_at <= ? AND (d.due_at, d.kind, d.subject) > (?, ?, ?)
                         ORDER BY d.due_at, d.kind, d.subject LIMIT ?\
                        """)
                .params(
                        ledgerId.value(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        last.dueAt().atOffset(ZoneOffset.UTC),
                        last.kind(),
                        last.subject(),
                        PAGE)
                .query((row, _) ->
                        new Due(
                                row.getString("kind"),
                                row.getString("subject"),
                                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                                row.getString("version"),
                                row.getLong("position")))
                .list();
    }

    /** A name of its own each time: what makes it harmless to repeat is the rule, not the name. */
    private Stamp stamp(Due due) {
        String name = due.kind() + " " + due.subject() + " " + due.dueAt() + " " + wall.instant();
        String request = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return new Stamp(request, request, CLOCK, wall.instant().plusSeconds(10));
    }

    /**
     * Notes what need not be tried again, once the table shows what says so: if the log loses that,
     * the table no longer stands, and its notes go with it. What came due once more stays.
     */
    private void tick(List<Swept> page) {
        if (page.isEmpty() || !isShown(page.stream().mapToLong(Swept::position).max().orElse(0))) {
            return;
        }
        for (Swept swept : page) {
            jdbc.sql(
                            """
                            UPDATE due d SET done = true FROM projection_place p
                             WHERE d.ledger_id = ? AND d.kind = ? AND d.subject = ? AND d.due_at = ? AND d.xmin::text = ?
                               AND p.ledger_id = d.ledger_id AND p.name = 'due' AND p.stands AND p.position >= ?\
                            """)
                    .params(
                            ledgerId.value(),
                            swept.due().kind(),
                            swept.due().subject(),
                            swept.due().dueAt().atOffset(ZoneOffset.UTC),
                            swept.due().version(),
                            swept.position())
                    .update();
        }
    }

    private boolean isShown(long position) {
        try {
            return projections.runner("due").awaitPosition(position, UNTIL_SHOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
