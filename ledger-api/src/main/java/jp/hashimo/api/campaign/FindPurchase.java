package jp.hashimo.api.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.Lot;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One purchase, with its state at this instant. */
@Component
class FindPurchase {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final LedgerClock clock;
    private final EventCodec codec;

    FindPurchase(JdbcClient jdbc, LedgerId ledgerId, LedgerClock clock, EventCodec codec) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.clock = clock;
        this.codec = codec;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            PurchaseId purchaseId,
            CampaignId campaignId,
            WalletId walletId,
            Channel channel,
            long amount,
            long premium,
            String state,
            Instant reservedAt,
            Instant reservedUntil,
            @Nullable String paymentReference,
            @Nullable List<LotView> lots) {}

    Optional<View> find(PurchaseId id) {
        return jdbc.sql("SELECT * FROM purchase WHERE ledger_id = ? AND purchase_id = ?")
                .params(ledgerId.value(), id.toString())
                .query((row, _) -> view(row))
                .optional();
    }

    private View view(ResultSet row) throws SQLException {
        Instant until = row.getObject("reserved_until", OffsetDateTime.class).toInstant();
        String recorded = row.getString("state");
        boolean lapsed = recorded.equals("RESERVED") && !clock.instant().isBefore(until);
        String lots = row.getString("lots");
        return new View(
                PurchaseId.parse(row.getString("purchase_id")),
                CampaignId.parse(row.getString("campaign_id")),
                WalletId.parse(row.getString("wallet_id")),
                Channel.valueOf(row.getString("channel")),
                row.getLong("amount"),
                row.getLong("premium"),
                lapsed ? "LAPSED" : recorded,
                row.getObject("reserved_at", OffsetDateTime.class).toInstant(),
                until,
                row.getString("payment_reference"),
                lots == null
                        ? null
                        : LotView.of(List.of(codec.json().readValue(lots, Lot[].class))));
    }
}
