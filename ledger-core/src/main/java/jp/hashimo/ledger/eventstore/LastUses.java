package jp.hashimo.ledger.eventstore;

import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;

/**
 * Since when a tag has certainly not been used, in a fixed room however many tags there are.
 *
 * <p>Tags share slots, and a slot has the newest position of all of them. So a tag may be taken for
 * used because another was; it is never taken for unused when it was used. With a million slots, of
 * the tags that were not used while others were a hundred thousand times, nine in ten are known to
 * be unused, and of a million times four in ten: a wallet that pays once a day is mostly known to
 * be as it was, long after its last event has left the {@link Tail}.
 */
final class LastUses {
    private final long[] newest;

    /** Every event after it has been noted. */
    private long since = Long.MAX_VALUE;

    /**
     * @param slots eight bytes each
     */
    LastUses(int slots) {
        newest = new long[slots];
    }

    /** Begins anew: of what stands up to a position nothing is known. */
    void startAfter(long position) {
        since = position;
    }

    void forget() {
        Arrays.fill(newest, 0);
        since = Long.MAX_VALUE;
    }

    /** Notes the event that follows the last one. */
    void note(long position, Collection<UUID> tags) {
        for (UUID tag : tags) {
            newest[slot(tag)] = position;
        }
    }

    /** Whether certainly no event after the position has the tag. */
    boolean noneAfter(long position, UUID tag) {
        return position >= since && newest[slot(tag)] <= position;
    }

    private int slot(UUID tag) {
        // The end of a tag's key is a hash.
        return (int) ((tag.getLeastSignificantBits() >>> 1) % newest.length);
    }
}
