package jp.hashimo.ledger.id;

import java.util.UUID;

/** One budgeted scheme that awards points. Printed as {@code prg_…}. */
public record ProgrammeId(UUID value) implements Id {
    private static final String PREFIX = "prg";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static ProgrammeId parse(String text) {
        return new ProgrammeId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
