package jp.hashimo.ledger.id;

import java.util.UUID;

/** A resident, without the name: who it is stands outside the log. Printed as {@code cit_…}. */
public record CitizenId(UUID value) implements Id {
    private static final String PREFIX = "cit";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static CitizenId parse(String text) {
        return new CitizenId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
