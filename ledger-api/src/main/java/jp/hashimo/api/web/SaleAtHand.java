package jp.hashimo.api.web;

import java.time.ZoneOffset;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.WalletId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sale a resident would buy in: of those not over, the one that ends first. */
@Component
class SaleAtHand {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final LedgerClock clock;

    SaleAtHand(JdbcClient jdbc, LedgerId ledgerId, LedgerClock clock) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.clock = clock;
    }

    /**
     * A sale and one resident's part in it.
     *
     * @param capYen the most one resident may buy
     * @param boughtYen what this resident has bought, live reservations included
     */
    public record Share(
            String campaignId,
            String name,
            long unitYen,
            long premiumPerUnit,
            long capYen,
            long boughtYen) {

        public long leftYen() {
            return Math.max(0, capYen - boughtYen);
        }
    }

    Optional<Share> openTo(WalletId wallet) {
        return jdbc.sql(
                        """
                        SELECT c.campaign_id, c.terms->>'name' AS name, (c.terms->>'unit')::bigint AS unit_yen,
                               (c.terms->>'premiumPerUnit')::bigint AS premium_per_unit,
                               (c.terms->>'capPerPerson')::bigint AS cap_yen,
                               coalesce((SELECT sum(p.amount)::bigint FROM purchase p
                                          WHERE p.ledger_id = c.ledger_id AND p.campaign_id = c.campaign_id
                                            AND p.wallet_id = :wallet
                                            AND (p.state = 'ISSUED' OR p.state = 'RESERVED' AND p.reserved_until > :now)), 0) AS bought_yen
                          FROM campaign c
                         WHERE c.ledger_id = :ledger AND c.approved AND (c.terms->>'saleUntil')::timestamptz > :now
                           AND projection_stands(c.ledger_id, 'campaign')
                         ORDER BY (c.terms->>'saleUntil')::timestamptz, c.campaign_id
                         LIMIT 1\
                        """)
                .param("ledger", ledgerId.value())
                .param("wallet", wallet.toString())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Share.class)
                .optional();
    }

    /** The campaign the city's gauge shows. */
    Optional<String> campaign() {
        return jdbc.sql(
                        """
                        SELECT campaign_id FROM campaign WHERE ledger_id = ? AND approved AND projection_stands(ledger_id, 'campaign')
                         ORDER BY (terms->>'saleUntil')::timestamptz DESC, campaign_id LIMIT 1\
                        """)
                .param(ledgerId.value())
                .query(String.class)
                .optional();
    }
}
