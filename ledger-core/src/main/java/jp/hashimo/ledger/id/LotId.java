package jp.hashimo.ledger.id;

import java.util.UUID;

/** Points issued together, with one source and one expiry. Printed as {@code lot_…}. */
public record LotId(UUID value) implements Id {
    private static final String PREFIX = "lot";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static LotId parse(String text) {
        return new LotId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
