package jp.hashimo.api.merchant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import jp.hashimo.api.http.Instants;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.money.TokyoTime;
import org.jspecify.annotations.Nullable;

/** When a change begins: a Tokyo date, which means its first instant, or an instant with offset. */
final class EffectiveFrom {
    private static final int DATE = "2023-10-02".length();

    private EffectiveFrom() {}

    /** Reads it; null, which means now, stays null. */
    static @Nullable Instant read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() == DATE
                    ? TokyoTime.startOf(LocalDate.parse(text))
                    : Instants.parse(text);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Problem.malformed("/effectiveFrom");
        }
    }
}
