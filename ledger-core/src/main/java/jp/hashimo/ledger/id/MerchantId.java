package jp.hashimo.ledger.id;

import java.util.UUID;

/** A store that takes points. Printed as {@code mer_…}. */
public record MerchantId(UUID value) implements Id {
    private static final String PREFIX = "mer";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static MerchantId parse(String text) {
        return new MerchantId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
