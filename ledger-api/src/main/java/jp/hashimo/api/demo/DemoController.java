package jp.hashimo.api.demo;

import static jp.hashimo.api.http.Fields.required;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.campaign.WebhookSignature;
import jp.hashimo.api.due.DueWork;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.eventstore.LedgerClock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a demonstration needs and production must not have: every login, and a hand on the clock.
 */
@RestController
@Profile("demo")
class DemoController {
    private final DemoTown town;
    private final LedgerClock clock;
    private final DueWork dueWork;
    private final WebhookSignature signature;

    DemoController(DemoTown town, LedgerClock clock, DueWork dueWork, WebhookSignature signature) {
        this.town = town;
        this.clock = clock;
        this.dueWork = dueWork;
        this.signature = signature;
    }

    record Town(Instant now, String campaignId, String webhookSecret, List<DemoLogin> logins) {}

    @GetMapping(path = "/demo", produces = "application/json")
    @Anyone
    Town town() {
        return new Town(clock.instant(), town.campaignId(), signature.secret(), town.logins());
    }

    record Move(@Nullable Instant now, @Nullable Boolean stands) {}

    /**
     * Moves the ledger's clock forward. Whatever came due by then is recorded when this answers.
     */
    @PostMapping("/api/v1/demo/clock")
    @Anyone
    Map<String, Object> move(@RequestBody Move move) throws InterruptedException {
        boolean stands = Boolean.TRUE.equals(move.stands());
        if (!clock.moveTo(required(move.now(), "/now"), stands)) {
            throw Problem.of(409, "clock-behind").with("now", clock.instant());
        }
        dueWork.workOffEverything();
        return Map.of("now", clock.instant(), "stands", clock.stands());
    }
}
