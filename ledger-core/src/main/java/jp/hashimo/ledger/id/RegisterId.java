package jp.hashimo.ledger.id;

import java.util.UUID;

/** One till of a store. Printed as {@code reg_…}. */
public record RegisterId(UUID value) implements Id {
    private static final String PREFIX = "reg";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static RegisterId parse(String text) {
        return new RegisterId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
