package jp.hashimo.gateway;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids as they travel in codes: 16 bytes, the most significant first. */
final class IdBytes {
    static final int LENGTH = 16;

    private IdBytes() {}

    static void put(ByteBuffer target, UUID id) {
        target.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID take(ByteBuffer source) {
        return new UUID(source.getLong(), source.getLong());
    }

    static byte[] of(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        put(bytes, id);
        return bytes.array();
    }
}
