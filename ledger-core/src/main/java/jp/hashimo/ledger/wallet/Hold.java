package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.money.Points;

/**
 * Points set aside for one payment that waits for the other side's OK.
 *
 * @param expiresAt the first instant at which the points are free again, whether or not that was
 *     recorded
 */
public record Hold(
        PaymentId paymentId,
        MerchantId merchantId,
        List<Draw> draws,
        Instant heldAt,
        Instant expiresAt) {
    public Hold {
        draws = List.copyOf(draws);
    }

    public boolean hasEndedAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    public Points total() {
        return Draw.total(draws);
    }

    Points on(LotId lotId) {
        return Draw.total(draws.stream().filter(draw -> draw.lotId().equals(lotId)).toList());
    }
}
