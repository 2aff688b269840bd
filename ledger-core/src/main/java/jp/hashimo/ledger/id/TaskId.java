package jp.hashimo.ledger.id;

import java.util.UUID;

/** Money the city has to give back. Printed as {@code tsk_…}. */
public record TaskId(UUID value) implements Id {
    private static final String PREFIX = "tsk";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static TaskId parse(String text) {
        return new TaskId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
