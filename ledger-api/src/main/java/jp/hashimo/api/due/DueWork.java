package jp.hashimo.api.due;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.readmodel.DueProjection.Kind;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.ledger.wallet.LapseLots;
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

    private record Due(String kind, String subject, Instant dueAt) {}

    /** Before everything that can come due. */
    private static final Due NOTHING_YET = new Due("", "", Instant.parse("0001-01-01T00:00:00Z"));

    /**
     * Works off everything that is due by now and known to the projection. A subject whose history
     * cannot be holds up nobody else's; it is told of at the end, each time.
     */
    public void workOff() {
        var broken = new ArrayList<RuntimeException>();
        Due last = NOTHING_YET;
        for (List<Due> page = dueAfter(last); !page.isEmpty(); page = dueAfter(last)) {
            page.forEach(due -> attempt(due, broken));
            last = page.getLast();
        }
        if (!broken.isEmpty()) {
            var all = new IllegalStateException("due and cannot be recorded: " + broken.size());
            broken.forEach(all::addSuppressed);
            throw all;
        }
    }

    private void attempt(Due due, List<RuntimeException> broken) {
        try {
            work(due);
        } catch (LedgerInvariantBroken | IllegalArgumentException e) {
            broken.add(new IllegalStateException(due.toString(), e));
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

    private List<Due> dueAfter(Due last) {
        return jdbc.sql(
                        """
                        SELECT kind, subject, due_at FROM due
                         WHERE ledger_id = ? AND NOT done AND due_at <= ? AND (due_at, kind, subject) > (?, ?, ?)
                         ORDER BY due_at, kind, subject LIMIT ?\
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
                                row.getObject("due_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private void work(Due due) {
        Outcome outcome = ledger.execute(command(due), stamp(due));
        switch (outcome) {
            // Recorded now, recorded before, or overtaken by an answer: either way nothing is left
            // to do.
            case Outcome.Done _, Outcome.Refused _, Outcome.KeyReused _ -> tick(due);
            case Outcome.NoTime _, Outcome.Unknown _ ->
                    throw new IllegalStateException("not recorded yet: " + due);
        }
    }

    private static Command<?, ?> command(Due due) {
        return switch (Kind.valueOf(due.kind())) {
            case HOLD -> new ExpirePayment(PaymentId.parse(due.subject()));
            case RESERVATION ->
                    new EndReservation(
                            PurchaseId.parse(due.subject()), new EndReservation.Reason.TimeOver());
            case LOTS -> new LapseLots(WalletId.parse(due.subject()));
        };
    }

    /** A name of its own each time: what makes it harmless to repeat is the rule, not the name. */
    private Stamp stamp(Due due) {
        String name = due.kind() + " " + due.subject() + " " + due.dueAt() + " " + wall.instant();
        String request = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        return new Stamp(request, request, CLOCK, wall.instant().plusSeconds(10));
    }

    private void tick(Due due) {
        jdbc.sql(
                        "UPDATE due SET done = true WHERE ledger_id = ? AND kind = ? AND subject = ? AND due_at = ?")
                .params(
                        ledgerId.value(),
                        due.kind(),
                        due.subject(),
                        due.dueAt().atOffset(ZoneOffset.UTC))
                .update();
    }
}
