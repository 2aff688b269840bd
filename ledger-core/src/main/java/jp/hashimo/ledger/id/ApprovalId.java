package jp.hashimo.ledger.id;

import java.util.UUID;

/** A change that waits for a second person. Printed as {@code apr_…}. */
public record ApprovalId(UUID value) implements Id {
    private static final String PREFIX = "apr";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static ApprovalId parse(String text) {
        return new ApprovalId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
