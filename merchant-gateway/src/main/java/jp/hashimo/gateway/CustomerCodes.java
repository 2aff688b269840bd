package jp.hashimo.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.ledger.id.WalletId;

/**
 * Makes and proves one-time customer codes. The text is {@code HM1.} and in base64url: kid, 16
 * bytes of the wallet, the end in milliseconds since 1970 in 6 bytes, 16 bytes of nonce, and the
 * first 16 bytes of HMAC-SHA256 over {@code HM1.} and all bytes before. 78 characters: QR version 5
 * at level M, which an old phone's screen shows well.
 *
 * <p>That a code is used once, and not after its end, is for the one who records its use to see to:
 * here is neither a clock nor a memory.
 */
public final class CustomerCodes {
    /** How every customer code begins; the digit is the version. */
    static final String PREFIX = "HM1.";

    private static final String PURPOSE = "customer-codes";
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * The generation of the secret. A second one would verify beside it for the length of a code.
     */
    private static final byte KID = 1;

    private static final int INSTANT_LENGTH = 6;
    private static final int CLAIM = 1 + IdBytes.LENGTH + INSTANT_LENGTH + IdBytes.LENGTH;
    private static final int MAC_LENGTH = 16;
    private static final long LAST_INSTANT = (1L << (8 * INSTANT_LENGTH)) - 1;

    private final SecretKeySpec secret;

    public CustomerCodes(Secrets secrets) {
        this.secret = new SecretKeySpec(secrets.secret(PURPOSE), ALGORITHM);
    }

    /**
     * Issues a code for one use.
     *
     * @param validUntil cut to whole milliseconds
     * @param nonce a random id of this code's own
     */
    public CustomerCode issue(WalletId walletId, Instant validUntil, UUID nonce) {
        long end = validUntil.toEpochMilli();
        if (end < 0 || end > LAST_INSTANT) {
            throw new IllegalArgumentException("a code cannot end at " + validUntil);
        }
        ByteBuffer bytes = ByteBuffer.allocate(CLAIM + MAC_LENGTH);
        bytes.put(KID);
        IdBytes.put(bytes, walletId.value());
        bytes.putShort((short) (end >>> Integer.SIZE)).putInt((int) end);
        IdBytes.put(bytes, nonce);
        bytes.put(mac(Arrays.copyOf(bytes.array(), CLAIM)));
        return new CustomerCode(
                PREFIX + Base64Url.encode(bytes.array()),
                validUntil.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Reads a text that begins with {@link #PREFIX}. */
    ScannedCode read(String text) {
        byte[] bytes = Base64Url.decode(text.substring(PREFIX.length()));
        if (bytes == null || bytes.length != CLAIM + MAC_LENGTH) {
            return ScannedCode.unreadable(ScannedCode.Reason.MALFORMED);
        }
        if (bytes[0] != KID) {
            return ScannedCode.unreadable(ScannedCode.Reason.UNKNOWN_KEY);
        }
        byte[] claim = Arrays.copyOf(bytes, CLAIM);
        // Compared in constant time, so that answering times do not tell a forger how near he is.
        if (!MessageDigest.isEqual(mac(claim), Arrays.copyOfRange(bytes, CLAIM, bytes.length))) {
            return ScannedCode.unreadable(ScannedCode.Reason.FORGED);
        }
        ByteBuffer content = ByteBuffer.wrap(claim, 1, CLAIM - 1);
        WalletId walletId = new WalletId(IdBytes.take(content));
        long end =
                (Short.toUnsignedLong(content.getShort()) << Integer.SIZE)
                        | Integer.toUnsignedLong(content.getInt());
        return new ScannedCode.CustomerToken(
                walletId, Instant.ofEpochMilli(end), IdBytes.take(content));
    }

    private byte[] mac(byte[] claim) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(PREFIX.getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(mac.doFinal(claim), MAC_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
