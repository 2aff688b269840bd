package jp.hashimo.ledger.readmodel;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceEnrolled;
import jp.hashimo.ledger.wallet.WalletEvent.DeviceRevoked;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import org.jspecify.annotations.Nullable;

/** What each resident holds, lot by lot, and how it came to be so. */
public final class WalletProjection implements Projection {
    private static final String WALLET =
            "INSERT INTO wallet (ledger_id, wallet_id, citizen_id, registered_at) VALUES (?, ?, ?, ?)";
    private static final String LOT =
            """
            INSERT INTO wallet_lot (ledger_id, wallet_id, lot_id, kind, scope, fund, face, remaining, issued_at, expires_at,
                campaign_id, programme_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String HOLD =
            """
            INSERT INTO wallet_hold (ledger_id, wallet_id, payment_id, lot_id, merchant_id, amount, held_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String DEVICE =
            "INSERT INTO device (ledger_id, device_id, wallet_id, alg, public_key) VALUES (?, ?, ?, ?, ?)";
    private static final String ENTRY =
            """
            INSERT INTO wallet_entry (ledger_id, wallet_id, position, at, type, amount, lots, payment_id, purchase_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String REVOKE =
            "UPDATE device SET revoked = true WHERE ledger_id = ? AND device_id = ?";
    // The ledger is the first parameter of every statement; the amount follows from the row that is
    // taken from.
    private static final String TAKE =
            """
            UPDATE wallet_lot SET remaining = remaining - taken.amount
              FROM (SELECT ?::text AS ledger, ?::text AS wallet, ?::text AS lot, ?::bigint AS amount) taken
             WHERE ledger_id = taken.ledger AND wallet_id = taken.wallet AND lot_id = taken.lot\
            """;
    private static final String RELEASE =
            "DELETE FROM wallet_hold WHERE ledger_id = ? AND wallet_id = ? AND payment_id = ?";

    @Override
    public String name() {
        return "wallet";
    }

    @Override
    public List<String> tables() {
        return List.of("wallet", "wallet_lot", "wallet_hold", "wallet_entry", "device");
    }

    @Override
    public void apply(Rows rows, List<RecordedEvent> batch) {
        rows.inOrder(WALLET, LOT, HOLD, DEVICE, ENTRY, REVOKE, TAKE, RELEASE);
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case CitizenRegistered e ->
                        rows.add(WALLET, e.walletId(), e.citizenId(), e.registeredAt());
                case VoucherIssued e -> issued(rows, recorded, e);
                case LotLapsed e -> {
                    take(rows, e.walletId(), List.of(e.lapsed()));
                    entry(
                            rows,
                            recorded,
                            e.walletId(),
                            e.lapsed().expiresAt(),
                            "LAPSED",
                            List.of(e.lapsed()),
                            null);
                }
                case PaymentEvent e -> payment(rows, recorded, e);
                case DeviceEnrolled e ->
                        rows.add(DEVICE, e.deviceId(), e.walletId(), e.alg(), e.publicKey());
                case DeviceRevoked e -> rows.add(REVOKE, e.deviceId());
                default -> {}
            }
        }
    }

    private static void issued(Rows rows, RecordedEvent recorded, VoucherIssued e) {
        for (Lot lot : e.lots()) {
            rows.add(
                    LOT,
                    e.walletId(),
                    lot.lotId(),
                    lot.kind(),
                    lot.scope(),
                    lot.fund(),
                    lot.face(),
                    lot.face(),
                    lot.issuedAt(),
                    lot.expiresAt(),
                    lot.campaignId(),
                    lot.programmeId());
        }
        rows.add(
                ENTRY,
                e.walletId(),
                recorded.position(),
                e.issuedAt(),
                "ISSUED",
                e.amount().amount() + e.premium().amount(),
                new Rows.Json(
                        e.lots().stream()
                                .map(lot -> new LotAmount(lot.lotId(), lot.face()))
                                .toList()),
                null,
                e.purchaseId());
    }

    private static void payment(Rows rows, RecordedEvent recorded, PaymentEvent event) {
        switch (event) {
            case PaymentProposed e -> {
                e.draws()
                        .forEach(draw ->
                                rows.add(
                                        HOLD,
                                        e.walletId(),
                                        e.paymentId(),
                                        draw.lotId(),
                                        e.merchantId(),
                                        draw.amount(),
                                        e.proposedAt(),
                                        e.expiresAt()));
                entry(rows, recorded, e.walletId(), e.proposedAt(), "PROPOSED", e.draws(), e);
            }
            case PaymentCaptured e -> {
                take(rows, e.walletId(), e.draws());
                rows.add(RELEASE, e.walletId(), e.paymentId());
                entry(rows, recorded, e.walletId(), e.capturedAt(), "PAID", e.draws(), e);
            }
            case PaymentDeclined e ->
                    released(rows, recorded, e, "DECLINED", e.lapsed(), e.declinedAt());
            case PaymentExpired e ->
                    released(rows, recorded, e, "EXPIRED", e.lapsed(), e.expiredAt());
        }
    }

    private static void released(
            Rows rows,
            RecordedEvent recorded,
            PaymentEvent event,
            String type,
            List<Draw> lapsed,
            Instant at) {
        take(rows, event.walletId(), lapsed);
        rows.add(RELEASE, event.walletId(), event.paymentId());
        entry(rows, recorded, event.walletId(), at, type, event.draws(), event);
        if (!lapsed.isEmpty()) {
            entry(rows, recorded, event.walletId(), at, "LAPSED", lapsed, event);
        }
    }

    private static void take(Rows rows, WalletId walletId, List<Draw> draws) {
        draws.forEach(draw -> rows.add(TAKE, walletId, draw.lotId(), draw.amount()));
    }

    private static void entry(
            Rows rows,
            RecordedEvent recorded,
            WalletId walletId,
            Instant at,
            String type,
            List<Draw> draws,
            @Nullable PaymentEvent payment) {
        rows.add(
                ENTRY,
                walletId,
                recorded.position(),
                at,
                type,
                Draw.total(draws),
                new Rows.Json(LotAmount.of(draws)),
                payment == null ? null : payment.paymentId(),
                null);
    }
}
