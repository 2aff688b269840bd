package jp.hashimo.ledger.id;

import java.util.UUID;

/** A phone that holds a key of its own. Printed as {@code dev_…}. */
public record DeviceId(UUID value) implements Id {
    private static final String PREFIX = "dev";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static DeviceId parse(String text) {
        return new DeviceId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
