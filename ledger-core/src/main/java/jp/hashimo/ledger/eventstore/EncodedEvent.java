package jp.hashimo.ledger.eventstore;

import java.nio.charset.StandardCharsets;

/**
 * An event in its written form.
 *
 * <p>The bytes are handed out without a copy and must be left as they are.
 */
public final class EncodedEvent {
    private final String type;
    private final String version;
    private final byte[] payload;

    public EncodedEvent(String type, String version, byte[] payload) {
        this.type = type;
        this.version = version;
        this.payload = payload;
    }

    /** Namespace and name, such as {@code payment.Captured}. */
    public String type() {
        return type;
    }

    public String version() {
        return version;
    }

    /** UTF-8 JSON, byte for byte as it is kept. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return type + "#" + version + " " + new String(payload, StandardCharsets.UTF_8);
    }
}
