package jp.hashimo.api.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The three ways in which the screens speak. */
enum Wording {
    JAPANESE("ja", Locale.JAPANESE, "ja", "日本語"),
    /** Short sentences, few characters, spaces between phrases: やさしい日本語. */
    EASY("easy", Locale.of("ja", "", "easy"), "ja", "やさしい日本語"),
    ENGLISH("en", Locale.ENGLISH, "en", "English");

    private final String code;
    private final Locale locale;
    private final String language;
    private final String ownName;

    Wording(String code, Locale locale, String language, String ownName) {
        this.code = code;
        this.locale = locale;
        this.language = language;
        this.ownName = ownName;
    }

    /** What addresses and the cookie call it. */
    public String code() {
        return code;
    }

    /** Names its message bundle. */
    Locale locale() {
        return locale;
    }

    /** What a screen reader and the API are told. */
    public String language() {
        return language;
    }

    /** The name by which its own readers know it. */
    public String ownName() {
        return ownName;
    }

    static Optional<Wording> ofCode(String code) {
        return Arrays.stream(values()).filter(w -> w.code.equals(code)).findFirst();
    }

    static Wording of(Locale locale) {
        return Arrays.stream(values())
                .filter(w -> w.locale.equals(locale))
                .findFirst()
                .orElse(locale.getLanguage().equals("en") ? ENGLISH : JAPANESE);
    }
}
