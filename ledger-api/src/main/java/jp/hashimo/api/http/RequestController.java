package jp.hashimo.api.http;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of a request whose answer did not arrive. */
@RestController
class RequestController {
    private final Requests requests;
    private final StoredAnswers stored;
    private final LedgerAnswers answers;
    private final EventLog log;
    private final Clock wall = Clock.systemUTC();

    RequestController(
            Requests requests, StoredAnswers stored, LedgerAnswers answers, EventLog log) {
        this.requests = requests;
        this.stored = stored;
        this.answers = answers;
        this.log = log;
    }

    /** Straight from the log, so that nothing that is durable is missed. */
    @GetMapping("/api/v1/requests/{key}")
    @May({
        Role.CITIZEN,
        Role.STORE,
        Role.COUNTER,
        Role.CAMPAIGN_MANAGER,
        Role.DEPARTMENT_CLERK,
        Role.FINANCE_CLERK,
        Role.FINANCE_APPROVER,
        Role.AUDITOR,
        Role.ADMIN
    })
    Map<String, Object> find(@PathVariable String key, Caller caller) {
        String requestId = requests.idOf(caller.userId().toString(), key);
        List<RecordedEvent> events = log.ofRequest(requestId);
        if (!events.isEmpty()) {
            return done(answers.to(events));
        }
        return stored.find(requestId)
                .map(RequestController::done)
                .orElseThrow(() ->
                        Problem.of(404, "request-unknown")
                                .with("finalAfter", wall.instant().plus(Requests.DEADLINE)));
    }

    private static Map<String, Object> done(Answer answer) {
        return Map.of("state", "DONE", "status", answer.status(), "body", answer.body());
    }
}
