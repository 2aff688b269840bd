package jp.hashimo.gateway;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Symmetric secrets, 32 random bytes for each purpose, so that what is learnt of one says nothing
 * about another. They share the folder of the signing keys; each is made at its first use, and all
 * processes on one folder get the same.
 */
public final class Secrets {
    /** The length of every secret, in bytes. */
    public static final int LENGTH = 32;

    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final KeyFolder folder;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    private Secrets(KeyFolder folder) {
        this.folder = folder;
    }

    /** Makes the folder when there is none; {@link KeysUnusable} when others can read it. */
    public static Secrets open(Path folder) {
        return new Secrets(KeyFolder.open(folder));
    }

    /**
     * The secret of a purpose, as a copy the caller may wipe.
     *
     * @param purpose lower-case letters, digits and hyphens, such as {@code customer-codes}
     * @throws KeysUnusable when others can read its file, or it is damaged
     */
    public byte[] secret(String purpose) {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("not a purpose of a secret: " + purpose);
        }
        return known.computeIfAbsent(purpose, this::readOrMake).clone();
    }

    /** The file a purpose's secret is kept in, for whoever makes the backup. */
    public static String fileName(String purpose) {
        return "secret-%s.key".formatted(purpose);
    }

    private byte[] readOrMake(String purpose) {
        String name = fileName(purpose);
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        byte[] secret = folder.createOnce(name, fresh);
        if (secret.length != LENGTH) {
            throw new KeysUnusable(
                    "%s does not hold 32 bytes; restore it from a backup."
                            .formatted(folder.locate(name)));
        }
        return secret;
    }
}
