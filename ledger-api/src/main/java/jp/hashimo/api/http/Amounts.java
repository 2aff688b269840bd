package jp.hashimo.api.http;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Amounts as callers send them: any JSON number, so that one that cannot be an amount is refused by
 * its own rule.
 */
public final class Amounts {
    private Amounts() {}

    /** The whole number, or -1, which no rule accepts, if it is none or too large to be one. */
    public static long wholeOrInvalid(@Nullable BigDecimal amount, String pointer) {
        try {
            return Fields.required(amount, pointer).longValueExact();
        } catch (ArithmeticException e) {
            return -1;
        }
    }
}
