package jp.hashimo.ledger.id;

import java.util.UUID;

/**
 * The wallet of one resident; it belongs to the person, not to a phone. Printed as {@code wal_…}.
 */
public record WalletId(UUID value) implements Id {
    private static final String PREFIX = "wal";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static WalletId parse(String text) {
        return new WalletId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
