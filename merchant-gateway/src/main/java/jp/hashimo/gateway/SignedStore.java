package jp.hashimo.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * The signed part of a store's url, in base64url: version 1, kid, 16 bytes of the merchant, 16 of
 * the till when there is one, then the Ed25519 signature over {@code "hashimo store code"} in ASCII
 * and all bytes before it. 110 characters for a store, 131 for a till.
 *
 * <p>The words in front keep a signature made for another purpose from being taken for a code.
 */
final class SignedStore {
    private static final byte VERSION = 1;
    private static final byte[] PURPOSE = "hashimo store code".getBytes(StandardCharsets.US_ASCII);
    private static final int STORE = 2 + IdBytes.LENGTH;
    private static final int TILL = STORE + IdBytes.LENGTH;

    private SignedStore() {}

    static String write(SigningKey key, MerchantId merchantId, @Nullable RegisterId registerId) {
        int claimed = registerId == null ? STORE : TILL;
        ByteBuffer bytes = ByteBuffer.allocate(claimed + SigningKey.SIGNATURE_LENGTH);
        bytes.put(VERSION).put((byte) key.kid());
        IdBytes.put(bytes, merchantId.value());
        if (registerId != null) {
            IdBytes.put(bytes, registerId.value());
        }
        bytes.put(key.sign(message(Arrays.copyOf(bytes.array(), claimed))));
        return Base64Url.encode(bytes.array());
    }

    static ScannedCode read(SigningKeys keys, String text) {
        byte[] bytes = Base64Url.decode(text);
        if (bytes == null || bytes.length == 0) {
            return ScannedCode.unreadable(ScannedCode.Reason.MALFORMED);
        }
        if (bytes[0] != VERSION) {
            return ScannedCode.unreadable(ScannedCode.Reason.UNKNOWN_VERSION);
        }
        int claimed = bytes.length - SigningKey.SIGNATURE_LENGTH;
        if (claimed != STORE && claimed != TILL) {
            return ScannedCode.unreadable(ScannedCode.Reason.MALFORMED);
        }
        int kid = bytes[1] & 0xFF;
        SigningKey key = keys.key(kid).orElse(null);
        if (key == null) {
            return ScannedCode.unreadable(ScannedCode.Reason.UNKNOWN_KEY);
        }
        byte[] claim = Arrays.copyOf(bytes, claimed);
        if (!key.verifies(message(claim), Arrays.copyOfRange(bytes, claimed, bytes.length))) {
            return ScannedCode.unreadable(ScannedCode.Reason.FORGED);
        }
        ByteBuffer ids = ByteBuffer.wrap(claim, 2, claimed - 2);
        MerchantId merchantId = new MerchantId(IdBytes.take(ids));
        RegisterId registerId = ids.hasRemaining() ? new RegisterId(IdBytes.take(ids)) : null;
        return new ScannedCode.SignedStoreCode(merchantId, registerId, kid);
    }

    private static byte[] message(byte[] claim) {
        return ByteBuffer.allocate(PURPOSE.length + claim.length).put(PURPOSE).put(claim).array();
    }
}
