package jp.hashimo.api.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.merchant.StoreProfiles;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.payment.Side;
import jp.hashimo.ledger.readmodel.LotAmount;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Payments as either side sees them, each with its state at this instant. */
@Component
class FindPayment {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final LedgerClock clock;
    private final EventCodec codec;
    private final StoreProfiles stores;

    FindPayment(
            JdbcClient jdbc,
            LedgerId ledgerId,
            LedgerClock clock,
            EventCodec codec,
            StoreProfiles stores) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.clock = clock;
        this.codec = codec;
        this.stores = stores;
    }

    /**
     * {@code walletId} is not shown to the store: it needs to know that it is paid, not by whom.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            PaymentId paymentId,
            String state,
            ScanMode mode,
            long amount,
            @Nullable WalletId walletId,
            MerchantId merchantId,
            String merchantName,
            StoreClass storeClass,
            @Nullable RegisterId registerId,
            List<LotAmount> lots,
            String policy,
            Side awaiting,
            boolean duplicateWarning,
            Instant proposedAt,
            Instant expiresAt,
            @Nullable Instant closedAt) {

        View forStore() {
            return new View(
                    paymentId,
                    state,
                    mode,
                    amount,
                    null,
                    merchantId,
                    merchantName,
                    storeClass,
                    registerId,
                    lots,
                    policy,
                    awaiting,
                    duplicateWarning,
                    proposedAt,
                    expiresAt,
                    closedAt);
        }
    }

    /** Empty too if it is no business of the caller's. */
    Optional<View> find(PaymentId id, Caller caller) {
        return jdbc.sql("SELECT * FROM payment WHERE ledger_id = ? AND payment_id = ?")
                .params(ledgerId.value(), id.toString())
                .query((row, _) -> view(row))
                .optional()
                .flatMap(payment -> shownTo(caller, payment));
    }

    /**
     * A store's payments that closed in a span of time, or were proposed in it and are open; newest
     * first.
     */
    List<View> ofStore(MerchantId merchantId, Instant from, Instant until) {
        return jdbc.sql(
                        """
                        SELECT * FROM payment
                         WHERE ledger_id = ? AND merchant_id = ?
                           AND coalesce(closed_at, proposed_at) >= ? AND coalesce(closed_at, proposed_at) < ?
                         ORDER BY proposed_at DESC, payment_id DESC\
                        """)
                .params(
                        ledgerId.value(),
                        merchantId.toString(),
                        from.atOffset(ZoneOffset.UTC),
                        until.atOffset(ZoneOffset.UTC))
                .query((row, _) -> view(row).forStore())
                .list();
    }

    private static Optional<View> shownTo(Caller caller, View payment) {
        if (caller.is(Role.CITIZEN) && !caller.owns(Objects.requireNonNull(payment.walletId()))) {
            return Optional.empty();
        } else if (caller.is(Role.STORE)) {
            return caller.keeps(payment.merchantId())
                    ? Optional.of(payment.forStore())
                    : Optional.empty();
        }
        return Optional.of(payment);
    }

    private View view(ResultSet row) throws SQLException {
        var merchantId = MerchantId.parse(row.getString("merchant_id"));
        ScanMode mode = ScanMode.valueOf(row.getString("mode"));
        Instant expiresAt = instant(row, "expires_at");
        String recorded = row.getString("state");
        boolean ended = recorded.equals("PROPOSED") && !clock.instant().isBefore(expiresAt);
        String register = row.getString("register_id");
        return new View(
                PaymentId.parse(row.getString("payment_id")),
                ended ? "EXPIRED" : recorded,
                mode,
                row.getLong("amount"),
                WalletId.parse(row.getString("wallet_id")),
                merchantId,
                stores.nameOf(merchantId),
                StoreClass.valueOf(row.getString("store_class")),
                register == null ? null : RegisterId.parse(register),
                List.of(codec.json().readValue(row.getString("lots"), LotAmount[].class)),
                row.getString("policy"),
                mode.awaited(),
                row.getBoolean("duplicate_warning"),
                instant(row, "proposed_at"),
                expiresAt,
                row.getObject("closed_at") == null ? null : instant(row, "closed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
