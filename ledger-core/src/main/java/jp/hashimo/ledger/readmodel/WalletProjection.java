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
    private static final Table WALLET =
            Table.of("wallet", "wallet_id text", "citizen_id text, registered_at timestamptz");
    private static final Table LOT =
            Table.of(
                    "wallet_lot",
                    "wallet_id text, lot_id text",
                    "kind text, scope text, fund text, face bigint, remaining bigint, issued_at timestamptz,"
                            + " expires_at timestamptz, campaign_id text, programme_id text");
    private static final Table HOLD =
            Table.of(
                    "wallet_hold",
                    "wallet_id text, payment_id text, lot_id text",
                    "merchant_id text, amount bigint, held_at timestamptz, expires_at timestamptz");
    private static final Table ENTRY =
            Table.of(
                    "wallet_entry",
                    "wallet_id text, position bigint, type text",
                    "at timestamptz, amount bigint, lots jsonb, payment_id text, purchase_id text");
    private static final Table DEVICE =
            Table.of(
                    "device",
                    "device_id text",
                    "wallet_id text, alg text, public_key text, revoked boolean");

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
        for (RecordedEvent recorded : batch) {
            switch (recorded.event()) {
                case CitizenRegistered e ->
                        rows.insert(WALLET, e.walletId(), e.citizenId(), e.registeredAt());
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
                        rows.insert(
                                DEVICE, e.deviceId(), e.walletId(), e.alg(), e.publicKey(), false);
                case DeviceRevoked e -> rows.change(DEVICE, e.deviceId()).set("revoked", true);
                default -> {}
            }
        }
    }

    private static void issued(Rows rows, RecordedEvent recorded, VoucherIssued e) {
        for (Lot lot : e.lots()) {
            rows.insert(
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
        rows.insert(
                ENTRY,
                e.walletId(),
                recorded.position(),
                "ISSUED",
                e.issuedAt(),
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
                                rows.insert(
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
                release(rows, e);
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
        release(rows, event);
        entry(rows, recorded, event.walletId(), at, type, event.draws(), event);
        if (!lapsed.isEmpty()) {
            entry(rows, recorded, event.walletId(), at, "LAPSED", lapsed, event);
        }
    }

    private static void release(Rows rows, PaymentEvent event) {
        event.draws()
                .forEach(draw ->
                        rows.delete(HOLD, event.walletId(), event.paymentId(), draw.lotId()));
    }

    private static void take(Rows rows, WalletId walletId, List<Draw> draws) {
        draws.forEach(draw ->
                rows.change(LOT, walletId, draw.lotId()).add("remaining", -draw.amount().amount()));
    }

    private static void entry(
            Rows rows,
            RecordedEvent recorded,
            WalletId walletId,
            Instant at,
            String type,
            List<Draw> draws,
            @Nullable PaymentEvent payment) {
        rows.insert(
                ENTRY,
                walletId,
                recorded.position(),
                type,
                at,
                Draw.total(draws),
                new Rows.Json(LotAmount.of(draws)),
                payment == null ? null : payment.paymentId(),
                null);
    }
}
