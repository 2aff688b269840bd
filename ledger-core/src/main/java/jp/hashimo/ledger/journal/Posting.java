package jp.hashimo.ledger.journal;

import java.time.Instant;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import org.jspecify.annotations.Nullable;

/**
 * Moves value from one account to another. It names both sides, so it balances by construction.
 *
 * @param amount more than zero
 * @param valueDate the instant the value moved, which a late record does not change
 * @param fund the money the value stands on
 */
public record Posting(
        AccountCode debit,
        AccountCode credit,
        Yen amount,
        Instant valueDate,
        Fund fund,
        @Nullable CampaignId campaignId,
        @Nullable ProgrammeId programmeId) {

    public Posting {
        if (amount.isZero() || debit == credit) {
            throw new IllegalArgumentException(
                    "a posting moves something somewhere: " + debit + " " + credit + " " + amount);
        }
    }

    static Posting of(AccountCode debit, AccountCode credit, Instant valueDate, Draw draw) {
        return new Posting(
                debit,
                credit,
                new Yen(draw.amount().amount()),
                valueDate,
                draw.fund(),
                draw.campaignId(),
                draw.programmeId());
    }
}
