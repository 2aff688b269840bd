package jp.hashimo.gateway;

import java.text.Normalizer;
import java.util.Optional;

/** Names in the 95 printable characters of ASCII, which every reader of EMVCo codes can show. */
final class LatinText {
    private LatinText() {}

    static boolean isLatin(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /**
     * The text in Latin letters, cut to a length; full-width letters become ordinary ones. Empty
     * when nothing or something else would be left.
     */
    static Optional<String> of(String text, int longest) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        if (plain.isEmpty() || !isLatin(plain)) {
            return Optional.empty();
        }
        return Optional.of(plain.substring(0, Math.min(plain.length(), longest)).strip());
    }
}
