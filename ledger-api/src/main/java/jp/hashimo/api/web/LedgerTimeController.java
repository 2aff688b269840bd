package jp.hashimo.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.ledger.eventstore.LedgerClock;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Tells the screens the ledger's time. A phone's own clock may be minutes off, and "90 seconds
 * left" must be true.
 */
@Controller
@Hidden
class LedgerTimeController {
    private final LedgerClock clock;

    LedgerTimeController(LedgerClock clock) {
        this.clock = clock;
    }

    /**
     * @param stands whether it stands still, as a demonstration's may
     */
    record Reading(Instant now, boolean stands) {}

    @GetMapping("/time")
    @Anyone
    ResponseEntity<Reading> read() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Reading(clock.instant(), clock.stands()));
    }
}
