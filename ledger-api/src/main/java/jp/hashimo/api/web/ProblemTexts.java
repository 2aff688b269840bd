package jp.hashimo.api.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the page of a problem says, in Japanese and in English. */
@Component
class ProblemTexts {
    /** The fields of a problem document stand in its text by name. */
    private static final Pattern FIELD = Pattern.compile("\\{[A-Za-z]+}");

    /** The same request may well succeed in a moment. */
    private static final Set<String> PASSING =
            Set.of(
                    "internal-error",
                    "not-caught-up",
                    "overloaded",
                    "projection-stopped",
                    "request-unknown",
                    "store-number-taken",
                    "too-many-requests");

    /** It succeeds once something that is not in the caller's hands has happened. */
    private static final Set<String> WAITING = Set.of("sale-not-open", "sale-suspended");

    private static final List<Wording> SHOWN = List.of(Wording.JAPANESE, Wording.ENGLISH);

    private final MessageSource messages;

    ProblemTexts(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * A problem in one language.
     *
     * @param retry whether the same request could succeed later
     */
    public record Text(String language, String title, String detail, String retry) {}

    /** Empty for a slug that names no problem. The reader's own language comes first. */
    Optional<List<Text>> find(String slug, Locale reader) {
        if (messages.getMessage(key(slug, "title"), null, null, Locale.JAPANESE) == null) {
            return Optional.empty();
        }
        List<Text> texts = SHOWN.stream().map(wording -> text(slug, wording)).toList();
        return Optional.of(Wording.of(reader) == Wording.ENGLISH ? texts.reversed() : texts);
    }

    private Text text(String slug, Wording wording) {
        Locale locale = wording.locale();
        String detail = messages.getMessage(key(slug, "detail"), null, locale);
        return new Text(
                wording.language(),
                messages.getMessage(key(slug, "title"), null, locale),
                FIELD.matcher(detail).replaceAll(wording == Wording.ENGLISH ? "…" : "○○"),
                messages.getMessage("problem-page.retry." + retry(slug), null, locale));
    }

    private static String retry(String slug) {
        if (PASSING.contains(slug)) {
            return "helps";
        }
        return WAITING.contains(slug) ? "later" : "change";
    }

    private static String key(String slug, String part) {
        return "problem." + slug + "." + part;
    }
}
