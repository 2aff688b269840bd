package jp.hashimo.ledger.wallet;

import java.util.regex.Pattern;

/**
 * The money a lot stands on: what residents paid, or a line of the city's budget.
 *
 * @param code the city's own name for it, 1 to 40 characters of {@code A–Z 0–9 -}
 */
public record Fund(String code) implements Comparable<Fund> {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9-]{1,40}");

    /** What residents paid for their points. */
    public static final Fund CITIZENS = new Fund("CITIZENS");

    public Fund {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a fund code: " + code);
        }
    }

    /** The budget line of a fiscal year's premium. */
    public static Fund premiumOf(int fiscalYear) {
        return new Fund("PREMIUM-" + fiscalYear);
    }

    public boolean isCityMoney() {
        return !equals(CITIZENS);
    }

    @Override
    public int compareTo(Fund other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
