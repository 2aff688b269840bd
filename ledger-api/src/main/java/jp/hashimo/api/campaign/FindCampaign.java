package jp.hashimo.api.campaign;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.campaign.Campaign;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One campaign as everyone may see it: its terms, its state now, and what is left. */
@Component
class FindCampaign {
    // A reservation past its time binds nothing, whether or not that was recorded.
    private static final String SQL =
            """
            SELECT c.terms, c.drafted_by, c.approved, c.suspended, c.premium_budget, c.premium_issued,
                   (SELECT coalesce(sum(p.premium), 0) FROM purchase p
                     WHERE p.ledger_id = c.ledger_id AND p.campaign_id = c.campaign_id AND p.state = 'RESERVED'
                       AND p.reserved_until > ?) AS premium_reserved
              FROM campaign c WHERE c.ledger_id = ? AND c.campaign_id = ?\
            """;

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final Clock clock;
    private final EventCodec codec;

    FindCampaign(JdbcClient jdbc, LedgerId ledgerId, LedgerClock clock, EventCodec codec) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.clock = clock;
        this.codec = codec;
    }

    record View(
            CampaignId campaignId,
            String name,
            int fiscalYear,
            Yen unit,
            Points premiumPerUnit,
            Yen capPerPerson,
            Points premiumBudget,
            Instant saleFrom,
            Instant saleUntil,
            Instant expiresAt,
            Object lateReversal,
            Campaign.State state,
            Points premiumIssued,
            Points premiumReserved,
            Points premiumRemaining,
            long unitsRemaining) {}

    Optional<View> find(CampaignId id) {
        Instant now = clock.instant();
        return jdbc.sql(SQL)
                .params(now.atOffset(ZoneOffset.UTC), ledgerId.value(), id.toString())
                .query((row, _) -> {
                    var campaign =
                            new Campaign.Known(
                                    id,
                                    codec.json()
                                            .readValue(row.getString("terms"), CampaignTerms.class),
                                    UserId.parse(row.getString("drafted_by")),
                                    row.getBoolean("approved"),
                                    row.getBoolean("suspended"),
                                    new Points(row.getLong("premium_budget")),
                                    Map.of());
                    return view(
                            campaign,
                            new Points(row.getLong("premium_issued")),
                            new Points(row.getLong("premium_reserved")),
                            now);
                })
                .optional();
    }

    private static View view(Campaign.Known campaign, Points issued, Points reserved, Instant now) {
        CampaignTerms terms = campaign.terms();
        Points remaining = campaign.premiumBudget().minus(issued.plus(reserved));
        long units = terms.unitsIn(remaining);
        return new View(
                campaign.campaignId(),
                terms.name(),
                terms.fiscalYear(),
                terms.unit(),
                terms.premiumPerUnit(),
                terms.capPerPerson(),
                campaign.premiumBudget(),
                terms.saleFrom(),
                terms.saleUntil(),
                terms.expiresAt(),
                print(terms.lateReversal()),
                campaign.stateAt(now, units),
                issued,
                reserved,
                remaining,
                units);
    }

    private static Object print(LateReversal reversal) {
        return reversal.equals(LateReversal.FORFEIT)
                ? "FORFEIT"
                : Map.of("graceDays", reversal.graceDays());
    }
}
