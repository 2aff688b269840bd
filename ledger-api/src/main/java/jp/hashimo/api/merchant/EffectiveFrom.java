package jp.hashimo.api.merchant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.money.TokyoTime;
import org.jspecify.annotations.Nullable;

/** When a change begins: a Tokyo date, which means its first instant, or an instant with offset. */
final class EffectiveFrom {
    private EffectiveFrom() {}

    /**
     * Reads it; nothing means now. A class is stamped into every payment, so what has been cannot
     * be said anew: today is the earliest.
     */
    static Instant read(@Nullable String text, Instant now) {
        if (text == null) {
            return now;
        }
        Instant from = parse(text);
        if (from.isBefore(TokyoTime.startOf(TokyoTime.businessDateOf(now)))) {
            throw Problem.malformed("/effectiveFrom");
        }
        // The rest of today: the payments of this morning keep the class they were made with.
        return from.isBefore(now) ? now : from;
    }

    private static Instant parse(String text) {
        try {
            return text.length() == 10
                    ? TokyoTime.startOf(LocalDate.parse(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.malformed("/effectiveFrom");
        }
    }
}
