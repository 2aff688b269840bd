package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.TokyoTime;
import jp.hashimo.ledger.money.Yen;
import org.jspecify.annotations.Nullable;

/** The languages we speak. */
public final class Languages {
    private static final List<Locale> SPOKEN = List.of(Locale.JAPANESE, Locale.ENGLISH);

    private Languages() {}

    /** The caller's first language that we speak; Japanese if none, or if nothing was asked for. */
    public static Locale of(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Locale.JAPANESE;
        }
        return Collections.list(request.getLocales()).stream()
                .flatMap(asked ->
                        SPOKEN.stream()
                                .filter(ours -> ours.getLanguage().equals(asked.getLanguage())))
                .findFirst()
                .orElse(Locale.JAPANESE);
    }

    /** Amounts with thousands separators, instants as Tokyo reads them. */
    static String print(@Nullable Object value, Locale locale) {
        return switch (value) {
            case null -> "";
            case Points points -> NumberFormat.getIntegerInstance(locale).format(points.amount());
            case Yen yen -> NumberFormat.getIntegerInstance(locale).format(yen.amount());
            case Number number -> NumberFormat.getIntegerInstance(locale).format(number);
            case Instant at -> moment(locale).format(at.atZone(TokyoTime.TOKYO));
            default -> value.toString();
        };
    }

    private static DateTimeFormatter moment(Locale locale) {
        return locale.equals(Locale.ENGLISH)
                ? DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH)
                : DateTimeFormatter.ofPattern("uuuu年M月d日 H時mm分", Locale.JAPANESE);
    }
}
