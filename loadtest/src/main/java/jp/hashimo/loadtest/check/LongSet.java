package jp.hashimo.loadtest.check;

import java.util.UUID;

/**
 * Names seen before, in eight bytes each. Two different names of a million meet in one number with
 * a chance of one in thirty million.
 */
final class LongSet {
    private long[] slots = new long[1 << 12];
    private int size;

    /** Whether it is new. */
    boolean add(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return add(hash);
    }

    boolean add(UUID id) {
        return add(id.getMostSignificantBits() * 31 + id.getLeastSignificantBits());
    }

    private boolean add(long value) {
        if (size * 2 >= slots.length) {
            long[] old = slots;
            slots = new long[2 * old.length];
            for (long each : old) {
                if (each != 0) {
                    slots[place(each)] = each;
                }
            }
        }
        // Zero marks an empty slot.
        long mixed = mix(value) == 0 ? 1 : mix(value);
        int place = place(mixed);
        if (slots[place] == mixed) {
            return false;
        }
        slots[place] = mixed;
        size++;
        return true;
    }

    private int place(long value) {
        int place = (int) value & (slots.length - 1);
        while (slots[place] != 0 && slots[place] != value) {
            place = (place + 1) & (slots.length - 1);
        }
        return place;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
