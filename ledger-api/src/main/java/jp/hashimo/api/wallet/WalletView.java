package jp.hashimo.api.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.ledger.wallet.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * A wallet at an instant: total, held and available together. What has ended by then does not
 * count, whether or not a job has recorded it.
 *
 * @param nextExpiry what ends next, or null if nothing will
 * @param position the state of the log it is right for
 */
record WalletView(
        WalletId walletId,
        Points total,
        Points available,
        Points held,
        Map<Scope, Sum> byScope,
        List<LotView> lots,
        @Nullable Expiry nextExpiry,
        long position) {

    /** What can be spent, and what is set aside. */
    record Sum(Points available, Points held) {
        static Sum of(List<LotView> lots) {
            Points held = total(lots.stream().map(LotView::held).toList());
            Points remaining = total(lots.stream().map(LotView::remaining).toList());
            return new Sum(remaining.minus(held), held);
        }
    }

    /** So much ends at that instant, held points included. */
    record Expiry(Instant at, Points amount) {}

    /**
     * One lot. Of one that has ended while a payment holds points of it, only those remain.
     *
     * @param remaining held points included
     * @param fund left out, as the programme is, for those who may know that something was awarded
     *     and not why
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LotView(
            LotId lotId,
            LotKind kind,
            Scope scope,
            @Nullable String fund,
            Points face,
            Points remaining,
            Points held,
            Instant issuedAt,
            Instant expiresAt,
            @Nullable CampaignId campaignId,
            @Nullable ProgrammeId programmeId) {

        static LotView of(Wallet.Balance balance, Wallet wallet, Instant now) {
            Lot lot = balance.lot();
            Points held = wallet.heldOf(lot.lotId(), now);
            return new LotView(
                    lot.lotId(),
                    lot.kind(),
                    lot.scope(),
                    lot.fund().code(),
                    lot.face(),
                    lot.isExpiredAt(now) ? held : balance.remaining(),
                    held,
                    lot.issuedAt(),
                    lot.expiresAt(),
                    lot.campaignId(),
                    lot.programmeId());
        }

        LotView withoutReason() {
            return kind == LotKind.AWARD
                    ? new LotView(
                            lotId, kind, scope, null, face, remaining, held, issuedAt, expiresAt,
                            null, null)
                    : this;
        }
    }

    static WalletView of(WalletId walletId, Wallet wallet, Instant now, long position) {
        List<LotView> lots =
                wallet.lots().values().stream()
                        .map(balance -> LotView.of(balance, wallet, now))
                        .filter(lot -> !lot.remaining().isZero())
                        .sorted(
                                Comparator.comparing(LotView::expiresAt)
                                        .thenComparing(LotView::scope)
                                        .thenComparing(lot -> lot.lotId().toString()))
                        .toList();
        Sum all = Sum.of(lots);
        return new WalletView(
                walletId,
                all.available().plus(all.held()),
                all.available(),
                all.held(),
                byScope(lots),
                lots,
                nextExpiry(lots, now).orElse(null),
                position);
    }

    /** For support, which sees that there is an award and not what for. */
    WalletView withoutReasons() {
        return new WalletView(
                walletId,
                total,
                available,
                held,
                byScope,
                lots.stream().map(LotView::withoutReason).toList(),
                nextExpiry,
                position);
    }

    private static Map<Scope, Sum> byScope(List<LotView> lots) {
        var sums = new EnumMap<Scope, Sum>(Scope.class);
        for (Scope scope : Scope.values()) {
            sums.put(scope, Sum.of(lots.stream().filter(lot -> lot.scope() == scope).toList()));
        }
        return sums;
    }

    private static Optional<Expiry> nextExpiry(List<LotView> lots, Instant now) {
        return lots.stream()
                .map(LotView::expiresAt)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .map(next ->
                        new Expiry(
                                next,
                                total(
                                        lots.stream()
                                                .filter(lot -> lot.expiresAt().equals(next))
                                                .map(LotView::remaining)
                                                .toList())));
    }

    private static Points total(List<Points> amounts) {
        return amounts.stream().reduce(Points.ZERO, Points::plus);
    }
}
