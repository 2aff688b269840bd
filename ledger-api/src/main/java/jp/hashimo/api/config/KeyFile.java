package jp.hashimo.api.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 32 random bytes in a file that only the service's own user can read. It is made on
 * first use; two processes that make it at once end with the same one.
 */
public final class KeyFile {
    private static final int BYTES = 32;

    private final Path file;
    private final byte[] secret;

    private KeyFile(Path file, byte[] secret) {
        this.file = file;
        this.secret = secret;
    }

    /** Opens the key of this name, and makes it first if there is none. */
    public static KeyFile in(Path keys, String name) {
        Path file = keys.resolve(name);
        try {
            if (Files.notExists(file)) {
                create(keys, file);
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != BYTES) {
                throw new StartRefused(
                        "The key %s is damaged: restore it from the backup of the keys folder."
                                .formatted(file));
            }
            return new KeyFile(file, secret);
        } catch (IOException e) {
            throw new StartRefused(
                    "The key %s cannot be read or written (%s): check who owns the folder."
                            .formatted(file, e),
                    e);
        }
    }

    /**
     * A password for one purpose: 64 hexadecimal digits, the same each time, and telling nothing
     * about any other purpose.
     */
    public String passwordFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /**
     * Written aside, forced to disk and then linked into place, so that nobody ever reads half a
     * key.
     */
    private static void create(Path folder, Path file) throws IOException {
        createPrivateFolder(folder);
        Path aside = folder.resolve("new." + UUID.randomUUID());
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            writePrivately(aside, secret);
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another process was a moment faster; its key is as good as ours.
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * Makes a folder that nobody else can look into; one that is already there keeps its rights.
     */
    static void createPrivateFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Writes a file that nobody else could read at any moment, and returns when the disk has it.
     */
    static void writePrivately(Path file, byte[] content) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return "key " + file;
    }
}
