package jp.hashimo.api.journal;

import java.time.Instant;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LedgerClock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The books, for whoever has to explain them. */
@RestController
class BooksController {
    private final Reads reads;
    private final TrialBalance trialBalance;
    private final EventLog log;
    private final LedgerClock clock;

    BooksController(Reads reads, TrialBalance trialBalance, EventLog log, LedgerClock clock) {
        this.reads = reads;
        this.trialBalance = trialBalance;
        this.log = log;
        this.clock = clock;
    }

    /** All accounts at this instant, or as of the last position recorded before another. */
    @GetMapping("/api/v1/books/trial-balance")
    @May({Role.FINANCE_CLERK, Role.FINANCE_APPROVER, Role.AUDITOR})
    ResponseEntity<Object> trialBalance(@RequestParam(required = false) @Nullable Instant asOf) {
        Instant now = clock.instant();
        if (asOf == null) {
            return reads.answer("journal", () -> trialBalance.now(now));
        } else if (asOf.isAfter(now)) {
            throw Problem.of(422, "as-of-in-future");
        }
        long last = log.lastPositionBefore(asOf);
        return reads.answer("journal", last, () -> trialBalance.upTo(last, asOf));
    }
}
