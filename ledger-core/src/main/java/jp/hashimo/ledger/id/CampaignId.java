package jp.hashimo.ledger.id;

import java.util.UUID;

/** One sale of premium vouchers. Printed as {@code cmp_…}. */
public record CampaignId(UUID value) implements Id {
    private static final String PREFIX = "cmp";

    /** Reads the printed form; anything else is an {@link IllegalArgumentException}. */
    public static CampaignId parse(String text) {
        return new CampaignId(Id.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return Id.print(PREFIX, value);
    }
}
