package jp.hashimo.api.wallet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Hold;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.Wallet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a wallet as the rules know it from the rows of its projection, so that what is shown is
 * reckoned by the same code as what is paid.
 */
@Component
class WalletRows {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    WalletRows(JdbcClient jdbc, LedgerId ledgerId) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    /** Empty if there is no such wallet. Lots that are used up are left out. */
    Optional<Wallet> find(WalletId walletId) {
        if (!exists(walletId)) {
            return Optional.empty();
        }
        var lots = new HashMap<LotId, Wallet.Balance>();
        jdbc.sql(
                        """
                        SELECT lot_id, kind, scope, fund, face, remaining, issued_at, expires_at, campaign_id, programme_id
                          FROM wallet_lot WHERE ledger_id = ? AND wallet_id = ? AND remaining > 0\
                        """)
                .params(ledgerId.value(), walletId.toString())
                .query((row, _) -> balance(row))
                .list()
                .forEach(balance -> lots.put(balance.lot().lotId(), balance));
        return Optional.of(new Wallet(lots, holds(walletId, lots), List.of()));
    }

    boolean exists(WalletId walletId) {
        return jdbc.sql("SELECT count(*) FROM wallet WHERE ledger_id = ? AND wallet_id = ?")
                        .params(ledgerId.value(), walletId.toString())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private Map<PaymentId, Hold> holds(WalletId walletId, Map<LotId, Wallet.Balance> lots) {
        record Row(
                PaymentId paymentId, MerchantId merchantId, Draw draw, Instant at, Instant end) {}
        var byPayment = new LinkedHashMap<PaymentId, List<Row>>();
        jdbc.sql(
                        """
                        SELECT payment_id, merchant_id, lot_id, amount, held_at, expires_at
                          FROM wallet_hold WHERE ledger_id = ? AND wallet_id = ?\
                        """)
                .params(ledgerId.value(), walletId.toString())
                .query((row, _) -> {
                    Lot lot = heldLot(lots, LotId.parse(row.getString("lot_id")));
                    return new Row(
                            PaymentId.parse(row.getString("payment_id")),
                            MerchantId.parse(row.getString("merchant_id")),
                            new Draw(
                                    lot.lotId(),
                                    new Points(row.getLong("amount")),
                                    lot.kind(),
                                    lot.fund(),
                                    lot.expiresAt(),
                                    lot.campaignId(),
                                    lot.programmeId()),
                            at(row, "held_at"),
                            at(row, "expires_at"));
                })
                .list()
                .forEach(row ->
                        byPayment
                                .computeIfAbsent(row.paymentId(), _ -> new ArrayList<>())
                                .add(row));
        var holds = new HashMap<PaymentId, Hold>();
        byPayment.forEach((paymentId, rows) -> {
            Row first = rows.getFirst();
            holds.put(
                    paymentId,
                    new Hold(
                            paymentId,
                            first.merchantId(),
                            rows.stream().map(Row::draw).toList(),
                            first.at(),
                            first.end()));
        });
        return holds;
    }

    private static Lot heldLot(Map<LotId, Wallet.Balance> lots, LotId lotId) {
        Wallet.Balance balance = lots.get(lotId);
        if (balance == null) {
            throw new LedgerInvariantBroken("points are held of a used-up lot: " + lotId);
        }
        return balance.lot();
    }

    private static Wallet.Balance balance(ResultSet row) throws SQLException {
        String campaign = row.getString("campaign_id");
        String programme = row.getString("programme_id");
        return new Wallet.Balance(
                new Lot(
                        LotId.parse(row.getString("lot_id")),
                        LotKind.valueOf(row.getString("kind")),
                        Scope.valueOf(row.getString("scope")),
                        new Fund(row.getString("fund")),
                        new Points(row.getLong("face")),
                        at(row, "issued_at"),
                        at(row, "expires_at"),
                        campaign == null ? null : CampaignId.parse(campaign),
                        programme == null ? null : ProgrammeId.parse(programme)),
                new Points(row.getLong("remaining")));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
