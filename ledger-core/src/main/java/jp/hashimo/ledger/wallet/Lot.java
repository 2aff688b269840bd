package jp.hashimo.ledger.wallet;

import java.time.Instant;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import org.jspecify.annotations.Nullable;

/**
 * Points issued together, with one source and one expiry.
 *
 * @param face the points it was issued with, more than zero
 * @param expiresAt the first instant at which none of it can be spent
 * @param campaignId the sale it comes from, or null for an award
 * @param programmeId the programme it comes from, or null for a sale
 */
public record Lot(
        LotId lotId,
        LotKind kind,
        Scope scope,
        Fund fund,
        Points face,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable CampaignId campaignId,
        @Nullable ProgrammeId programmeId) {

    public Lot {
        if (face.isZero()) {
            throw new IllegalArgumentException("a lot of no points: " + lotId);
        }
    }

    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    Draw draw(Points amount) {
        return new Draw(lotId, amount, kind, fund, expiresAt, campaignId, programmeId);
    }
}
