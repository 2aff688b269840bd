package jp.hashimo.api.merchant;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is paid, as a bank transfer file names it.
 *
 * @param bankCode 4 digits
 * @param branchCode 3 digits
 * @param type 1 普通, 2 当座, 4 貯蓄, 9 その他
 * @param number 7 digits
 * @param holderKana the holder's registered kana; kanji are refused, because a bank compares
 *     readings, and 東 has three
 */
public record BankAccount(
        String bankCode, String branchCode, String type, String number, String holderKana) {
    private static final int LONGEST_HOLDER = 48;

    public BankAccount {
        if (!matches(bankCode, "[0-9]{4}")
                || !matches(branchCode, "[0-9]{3}")
                || !matches(type, "[1249]")
                || !matches(number, "[0-9]{7}")
                || !isKana(holderKana)) {
            throw new IllegalArgumentException("not a bank account");
        }
    }

    private static boolean matches(@Nullable String text, String pattern) {
        return text != null && text.matches(pattern);
    }

    /** In kana or Latin letters of either width, digits and the signs of company names. */
    private static boolean isKana(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= LONGEST_HOLDER
                && Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .matches("[\\p{IsHiragana}\\p{IsKatakana}ー・゙゚A-Za-z0-9 ().,/「」\\-‐−—―&']+");
    }

    /** Nothing that a log may print. */
    @Override
    public String toString() {
        return "a bank account";
    }
}
