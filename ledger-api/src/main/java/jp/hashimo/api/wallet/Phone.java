package jp.hashimo.api.wallet;

import java.text.Normalizer;

/**
 * A Japanese phone number in the one form by which the same phone is known again: digits, from the
 * leading zero.
 */
public record Phone(String digits) {
    public Phone {
        if (!digits.matches("0[0-9]{9,10}")) {
            throw new IllegalArgumentException("not a Japanese phone number");
        }
    }

    /** Reads it as people write it: with hyphens, spaces, wide digits or the country's code. */
    public static Phone parse(String written) {
        String plain =
                Normalizer.normalize(written, Normalizer.Form.NFKC)
                        .replaceAll("[\\s()\\-‐‑‒–—―−ー]", "");
        return new Phone(plain.startsWith("+81") ? "0" + plain.substring(3) : plain);
    }
}
