package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.money.Points;
import org.jspecify.annotations.Nullable;

/**
 * What a payment takes of one lot, with all that the books and a later reversal need to know of
 * that lot.
 *
 * @param amount more than zero
 */
public record Draw(
        LotId lotId,
        Points amount,
        LotKind kind,
        Fund fund,
        Instant expiresAt,
        @Nullable CampaignId campaignId,
        @Nullable ProgrammeId programmeId) {

    public static Points total(List<Draw> draws) {
        return draws.stream().map(Draw::amount).reduce(Points.ZERO, Points::plus);
    }

    /** The draws whose lot has ended at an instant: what a hold let go then cannot give back. */
    public static List<Draw> expiredAt(List<Draw> draws, Instant now) {
        return draws.stream().filter(draw -> !now.isBefore(draw.expiresAt())).toList();
    }
}
