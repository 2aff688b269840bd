package jp.hashimo.ledger.money;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The calendar of the currency, which is Tokyo's wherever the server stands. */
public final class TokyoTime {
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private TokyoTime() {}

    /** The Tokyo date of an instant; 24:00 is the next day. */
    public static LocalDate businessDateOf(Instant at) {
        return at.atZone(TOKYO).toLocalDate();
    }

    /** The first instant of a Tokyo date. */
    public static Instant startOf(LocalDate date) {
        return date.atStartOfDay(TOKYO).toInstant();
    }
}
