package jp.hashimo.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** One Ed25519 key of the service. It prints without its private half. */
public final class SigningKey {
    /** The length of every signature, in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final Pattern FILE =
            Pattern.compile(
                    "hashimo signing key\nkid ([0-9]{1,3})\nfrom (\\S+)\nuntil (\\S+)\ned25519 ([A-Za-z0-9_-]{43})\n");

    /** A code for each shop and each till of a large city. */
    private static final int MOST_PROVEN = 50_000;

    private final int kid;
    private final Instant validFrom;
    private final Instant validUntil;
    private final Ed25519PrivateKeyParameters privateHalf;
    private final Ed25519PublicKeyParameters publicHalf;
    private final Set<ByteBuffer> proven = ConcurrentHashMap.newKeySet();

    SigningKey(int kid, Instant validFrom, Instant validUntil, byte[] seed) {
        this.kid = kid;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
        this.privateHalf = new Ed25519PrivateKeyParameters(seed);
        this.publicHalf = privateHalf.generatePublicKey();
    }

    public int kid() {
        return kid;
    }

    /** Ed25519 is deterministic: the same message gets the same signature. */
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateHalf);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /**
     * A signature of another length is false, never an error. One that was proven stays so: a code
     * that hangs in a shop is scanned all day, and proving it costs more than the rest of the
     * reading. Only what this key has signed is remembered, so nobody else can fill the memory.
     */
    public boolean verifies(byte[] message, byte[] signature) {
        ByteBuffer both =
                ByteBuffer.allocate(message.length + signature.length)
                        .put(message)
                        .put(signature)
                        .flip();
        if (proven.contains(both)) {
            return true;
        }
        boolean good = proves(message, signature);
        if (good && proven.size() < MOST_PROVEN) {
            proven.add(both);
        }
        return good;
    }

    private boolean proves(byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, publicHalf);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    public PublishedKey published() {
        return new PublishedKey(
                kid, Base64Url.encode(publicHalf.getEncoded()), validFrom, validUntil);
    }

    /** The period is half-open: at its end the key no longer signs. */
    boolean signsAt(Instant now) {
        return !now.isBefore(validFrom) && now.isBefore(validUntil);
    }

    Instant validFrom() {
        return validFrom;
    }

    byte[] toFile() {
        return "hashimo signing key\nkid %s\nfrom %s\nuntil %s\ned25519 %s\n"
                .formatted(kid, validFrom, validUntil, Base64Url.encode(privateHalf.getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Null when the content is not a key file. */
    static @Nullable SigningKey fromFile(byte[] content) {
        Matcher file = FILE.matcher(new String(content, StandardCharsets.US_ASCII));
        if (!file.matches()) {
            return null;
        }
        byte[] seed = Base64Url.decode(file.group(4));
        if (seed == null) {
            return null;
        }
        try {
            return new SigningKey(
                    Integer.parseInt(file.group(1)),
                    Instant.parse(file.group(2)),
                    Instant.parse(file.group(3)),
                    seed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return published().toString();
    }
}
