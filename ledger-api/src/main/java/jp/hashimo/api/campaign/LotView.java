package jp.hashimo.api.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import org.jspecify.annotations.Nullable;

/** A lot as it was issued. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LotView(
        LotId lotId,
        LotKind kind,
        Scope scope,
        String fund,
        Points face,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable CampaignId campaignId) {

    static List<LotView> of(List<Lot> lots) {
        return lots.stream().map(LotView::of).toList();
    }

    private static LotView of(Lot lot) {
        Fund fund = lot.fund();
        return new LotView(
                lot.lotId(),
                lot.kind(),
                lot.scope(),
                fund.code(),
                lot.face(),
                lot.issuedAt(),
                lot.expiresAt(),
                lot.campaignId());
    }
}
