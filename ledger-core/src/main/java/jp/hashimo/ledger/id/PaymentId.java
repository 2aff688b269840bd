package jp.hashimo.ledger.id;

import java.util.UUID;

/** One payment, from its proposal to its end. Printed as {@code pay_…}. */
public record PaymentId(UUID value) implements Id {
    private static final String PREFIX = "pay";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static PaymentId parse(String text) {
        return new PaymentId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
