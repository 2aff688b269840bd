package jp.hashimo.ledger.id;

import java.util.UUID;

/** One purchase of points, from its reservation to its issue or lapse. Printed as {@code pur_…}. */
public record PurchaseId(UUID value) implements Id {
    private static final String PREFIX = "pur";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static PurchaseId parse(String text) {
        return new PurchaseId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
