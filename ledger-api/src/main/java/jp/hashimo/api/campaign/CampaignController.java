package jp.hashimo.api.campaign;

import static jp.hashimo.api.http.Amounts.wholeOrInvalid;
import static jp.hashimo.api.http.Fields.oneLine;
import static jp.hashimo.api.http.Fields.required;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigDecimal;
import java.time.Instant;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.Reads;
import jp.hashimo.api.http.Requests;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.campaign.SteerCampaign.Move;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Campaigns: drafted by one manager, approved by another, watched by everyone. */
@RestController
@RequestMapping("/api/v1/campaigns")
class CampaignController {
    private final Requests requests;
    private final Reads reads;
    private final FindCampaign campaigns;

    CampaignController(Requests requests, Reads reads, FindCampaign campaigns) {
        this.requests = requests;
        this.reads = reads;
        this.campaigns = campaigns;
    }

    record Draft(
            @Nullable String name,
            @Nullable Integer fiscalYear,
            @Nullable BigDecimal unit,
            @Nullable BigDecimal premiumPerUnit,
            @Nullable BigDecimal capPerPerson,
            @Nullable BigDecimal premiumBudget,
            @Nullable Instant saleFrom,
            @Nullable Instant saleUntil,
            @Nullable Instant expiresAt,
            @Nullable JsonNode lateReversal) {

        CampaignTerms terms() {
            return new CampaignTerms(
                    oneLine(name, "/name"),
                    required(fiscalYear, "/fiscalYear"),
                    new Yen(amount(unit, "unit")),
                    new Points(amount(premiumPerUnit, "premiumPerUnit")),
                    new Yen(amount(capPerPerson, "capPerPerson")),
                    new Points(amount(premiumBudget, "premiumBudget")),
                    required(saleFrom, "/saleFrom"),
                    required(saleUntil, "/saleUntil"),
                    required(expiresAt, "/expiresAt"),
                    reversal(lateReversal));
        }

        private static long amount(@Nullable BigDecimal amount, String field) {
            long whole = wholeOrInvalid(amount, "/" + field);
            if (whole < 0) {
                throw invalid(field, "whole-positive-amount");
            }
            return whole;
        }

        /** {@code "FORFEIT"}, {@code {"graceDays": n}}, or nothing, which is FORFEIT. */
        private static LateReversal reversal(@Nullable JsonNode node) {
            if (node == null
                    || node.isNull()
                    || (node.isString() && "FORFEIT".equals(node.stringValue()))) {
                return LateReversal.FORFEIT;
            }
            JsonNode days = node.path("graceDays");
            if (!node.isObject()
                    || node.size() != 1
                    || !days.isInt()
                    || days.intValue() < 1
                    || days.intValue() > 180) {
                throw invalid("lateReversal", "FORFEIT-or-graceDays-1-180");
            }
            return new LateReversal(days.intValue());
        }

        private static Problem invalid(String field, String rule) {
            return Problem.of(422, "invalid-campaign").with("field", field).with("rule", rule);
        }
    }

    @PostMapping
    @May(Role.CAMPAIGN_MANAGER)
    ResponseEntity<Object> draft(@RequestBody Draft body, Caller caller) {
        var id = new CampaignId(UuidCreator.getTimeOrderedEpoch());
        return requests.perform(new DraftCampaign(id, body.terms(), caller.userId()), caller);
    }

    @PostMapping("/{id}/approve")
    @May(Role.CAMPAIGN_MANAGER)
    ResponseEntity<Object> approve(@PathVariable CampaignId id, Caller caller) {
        return steer(id, new Move.Approve(), caller);
    }

    @PostMapping("/{id}/suspend")
    @May(Role.CAMPAIGN_MANAGER)
    ResponseEntity<Object> suspend(@PathVariable CampaignId id, Caller caller) {
        return steer(id, new Move.Suspend(), caller);
    }

    @PostMapping("/{id}/resume")
    @May(Role.CAMPAIGN_MANAGER)
    ResponseEntity<Object> resume(@PathVariable CampaignId id, Caller caller) {
        return steer(id, new Move.Resume(), caller);
    }

    record Raise(@Nullable BigDecimal premiumBudget) {}

    @PostMapping("/{id}/raise-budget")
    @May(Role.CAMPAIGN_MANAGER)
    ResponseEntity<Object> raiseBudget(
            @PathVariable CampaignId id, @RequestBody Raise body, Caller caller) {
        var approvalId = new ApprovalId(UuidCreator.getTimeOrderedEpoch());
        long total = Draft.amount(body.premiumBudget(), "premiumBudget");
        return steer(id, new Move.RaiseBudget(approvalId, new Points(total)), caller);
    }

    @GetMapping("/{id}")
    @Anyone
    ResponseEntity<Object> show(@PathVariable CampaignId id) {
        return reads.answer("campaign", () -> campaigns.find(id).orElseThrow(Problem::notFound));
    }

    private ResponseEntity<Object> steer(CampaignId id, Move move, Caller caller) {
        return requests.perform(new SteerCampaign(id, move, caller.userId()), caller);
    }
}
