package jp.hashimo.gateway;

import java.util.Locale;
import java.util.Optional;

/**
 * The number of a store that people read out and type: eight digits, the last of which is a check
 * digit (Damm), so that one wrong digit or two neighbours swapped never name another store.
 *
 * @param number all eight digits as a number; leading zeros are printed
 */
public record StoreNumber(int number) {
    /** The largest number of a store before its check digit. */
    public static final int LAST_SERIAL = 9_999_999;

    private static final int DIGITS = 8;

    // The quasigroup of H. Michael Damm's thesis (2004): totally anti-symmetric, zero diagonal.
    private static final int[][] DAMM = {
        {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
        {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
        {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
        {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
        {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
        {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
    };

    public StoreNumber {
        if (number < 10 || number / 10 > LAST_SERIAL || fold(number) != 0) {
            throw new IllegalArgumentException("not a store number: " + number);
        }
    }

    /** The number of the {@code serial}-th store, counted from 1. */
    public static StoreNumber ofSerial(int serial) {
        if (serial < 1 || serial > LAST_SERIAL) {
            throw new IllegalArgumentException("a store's serial is 1 to 9999999, not " + serial);
        }
        return new StoreNumber(10 * serial + fold(serial));
    }

    /** Reads exactly eight ASCII digits; empty when the check digit or anything else is wrong. */
    public static Optional<StoreNumber> read(String digits) {
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number >= 10 && fold(number) == 0
                ? Optional.of(new StoreNumber(number))
                : Optional.empty();
    }

    /** The number without its check digit. */
    public int serial() {
        return number / 10;
    }

    /** In two groups of four, as it is printed beside a code. */
    public String spaced() {
        String digits = toString();
        return digits.substring(0, 4) + " " + digits.substring(4);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%08d", number);
    }

    /** Zero for a number that ends with its check digit, else the digit to append. */
    private static int fold(int number) {
        int interim = 0;
        for (int unit = 100_000_000; unit > 0; unit /= 10) {
            interim = DAMM[interim][number / unit % 10];
        }
        return interim;
    }
}
