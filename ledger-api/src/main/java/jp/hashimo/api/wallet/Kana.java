package jp.hashimo.api.wallet;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A name's reading in the one form by which the same name is known again: full-width katakana
 * without spaces, whichever kana and width it was written in. Residents without kana in their name
 * are known by their letters.
 */
public record Kana(String reading) {
    private static final int HIRAGANA_TO_KATAKANA = 'ァ' - 'ぁ';

    public Kana {
        if (reading.isEmpty()) {
            throw new IllegalArgumentException("no letter in the reading of a name");
        }
    }

    public static Kana parse(String written) {
        var reading = new StringBuilder();
        Normalizer.normalize(written, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(c -> Character.isLetter(c) || c == 'ー')
                .map(c -> c >= 'ぁ' && c <= 'ゖ' ? c + HIRAGANA_TO_KATAKANA : c)
                .forEach(reading::appendCodePoint);
        return new Kana(reading.toString());
    }
}
