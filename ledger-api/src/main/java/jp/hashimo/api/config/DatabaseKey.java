package jp.hashimo.api.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hashimo.gateway.Secrets;

/**
 * The secret that the database's passwords come from: one for each of its logins, the same at every
 * start.
 */
final class DatabaseKey {
    private static final String PURPOSE = "database";

    private final byte[] secret;

    private DatabaseKey(byte[] secret) {
        this.secret = secret;
    }

    /** Opens the key of this folder, and makes it first if there is none. */
    static DatabaseKey in(Path keys) {
        return new DatabaseKey(Secrets.open(keys).secret(PURPOSE));
    }

    /** Where it stands, for the operator who has to restore it. */
    static Path fileIn(Path keys) {
        return keys.resolve(Secrets.fileName(PURPOSE));
    }

    static boolean isIn(Path keys) {
        return Files.exists(fileIn(keys));
    }

    /** 64 hexadecimal digits for one login, which tell nothing about any other's. */
    String passwordFor(String login) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(login.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
