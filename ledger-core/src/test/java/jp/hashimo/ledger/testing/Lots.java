package jp.hashimo.ledger.testing;

import static jp.hashimo.ledger.testing.City.EXPIRY;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.City.SALE;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.ProgrammeId;
import jp.hashimo.ledger.merchant.Scope;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.LotKind;

/** Lots of every kind, as a sale or a programme would have issued them. */
public final class Lots {
    public static final ProgrammeId PROGRAMME = new ProgrammeId(new UUID(0, 51));
    public static final Fund HEALTH = new Fund("HEALTH-2024");
    private static final Instant ISSUED = NOON.minus(Duration.ofDays(1));

    private Lots() {}

    public static Lot purchased(int number, long points) {
        return lot(number, LotKind.PURCHASED, Scope.ALL, points, ISSUED, EXPIRY);
    }

    public static Lot premium(int number, long points) {
        return lot(number, LotKind.PREMIUM, Scope.LOCAL, points, ISSUED, EXPIRY);
    }

    public static Lot award(int number, long points, Instant expiresAt) {
        return lot(number, LotKind.AWARD, Scope.ALL, points, ISSUED, expiresAt);
    }

    public static Lot lot(
            int number,
            LotKind kind,
            Scope scope,
            long points,
            Instant issuedAt,
            Instant expiresAt) {
        boolean award = kind == LotKind.AWARD;
        return new Lot(
                id(number),
                kind,
                scope,
                switch (kind) {
                    case PURCHASED -> Fund.CITIZENS;
                    case PREMIUM -> Fund.premiumOf(2023);
                    case AWARD -> HEALTH;
                },
                new Points(points),
                issuedAt,
                expiresAt,
                award ? null : SALE,
                award ? PROGRAMME : null);
    }

    public static LotId id(int number) {
        return new LotId(new UUID(0, number));
    }

    /** What is taken of a lot. */
    public static Draw partOf(Lot lot, long points) {
        return new Draw(
                lot.lotId(),
                new Points(points),
                lot.kind(),
                lot.fund(),
                lot.expiresAt(),
                lot.campaignId(),
                lot.programmeId());
    }
}
