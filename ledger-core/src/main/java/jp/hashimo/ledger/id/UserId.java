package jp.hashimo.ledger.id;

import java.util.UUID;

/**
 * A login: a resident, a store operator or a member of the city's staff. Printed as {@code usr_…}.
 */
public record UserId(UUID value) implements Id {
    private static final String PREFIX = "usr";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static UserId parse(String text) {
        return new UserId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
