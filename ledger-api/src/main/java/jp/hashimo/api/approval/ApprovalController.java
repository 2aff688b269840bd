package jp.hashimo.api.approval;

import java.util.List;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.merchant.StoreProfiles;
import jp.hashimo.ledger.campaign.JudgeBudgetRaise;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.merchant.BankAccountChange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The second person's word. */
@RestController
class ApprovalController {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalController.class);

    private final Approvals approvals;
    private final StoreProfiles stores;
    private final Ledger ledger;
    private final Requests requests;
    private final Reads reads;

    ApprovalController(
            Approvals approvals,
            StoreProfiles stores,
            Ledger ledger,
            Requests requests,
            Reads reads) {
        this.approvals = approvals;
        this.stores = stores;
        this.ledger = ledger;
        this.requests = requests;
        this.reads = reads;
    }

    /** What waits for the caller. */
    @GetMapping("/api/v1/approvals")
    @May({Role.CAMPAIGN_MANAGER, Role.FINANCE_CLERK, Role.FINANCE_APPROVER})
    ResponseEntity<Object> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        Page.Ask ask = Page.ask(limit, cursor);
        return reads.answer("approval", () -> approvals.waitingFor(caller, ask));
    }

    @PostMapping("/api/v1/approvals/{id}/approve")
    @May({Role.CAMPAIGN_MANAGER, Role.FINANCE_CLERK, Role.FINANCE_APPROVER})
    ResponseEntity<Object> approve(@PathVariable ApprovalId id, Caller caller) {
        return judge(id, true, caller);
    }

    @PostMapping("/api/v1/approvals/{id}/reject")
    @May({Role.CAMPAIGN_MANAGER, Role.FINANCE_CLERK, Role.FINANCE_APPROVER})
    ResponseEntity<Object> reject(@PathVariable ApprovalId id, Caller caller) {
        return judge(id, false, caller);
    }

    private ResponseEntity<Object> judge(ApprovalId id, boolean agrees, Caller caller) {
        Approval approval =
                reads.at("approval", () -> approvals.find(id).orElseThrow(Problem::notFound))
                        .value();
        if (approval.proposedBy().equals(caller.userId())) {
            throw Problem.of(403, "same-person");
        } else if (!caller.is(approval.kind().approver())) {
            throw Problem.forbidden();
        }
        Outcome outcome = ledger.execute(command(approval, agrees, caller), requests.stamp(caller));
        if (outcome instanceof Outcome.Done done) {
            settle(done.events());
        }
        return requests.answer(outcome);
    }

    /** It is decided; what cannot be done about it now is done a little later. */
    private void settle(List<RecordedEvent> decided) {
        try {
            decided.forEach(stores::settle);
        } catch (RuntimeException e) {
            LOG.error("A bank account that was decided on still waits in the vault", e);
        }
    }

    private static Command<?, ?> command(Approval approval, boolean agrees, Caller caller) {
        return switch (approval.kind()) {
            case BUDGET_RAISE ->
                    new JudgeBudgetRaise(
                            CampaignId.parse(approval.subjectId()),
                            approval.approvalId(),
                            agrees,
                            caller.userId());
            case BANK_ACCOUNT ->
                    new BankAccountChange.Judge(approval.approvalId(), agrees, caller.userId());
        };
    }
}
