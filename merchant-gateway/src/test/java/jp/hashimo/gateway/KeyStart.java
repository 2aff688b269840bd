package jp.hashimo.gateway;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;

/** Starts on a key folder as a node does, and prints what it found; run in a JVM of its own. */
final class KeyStart {
    private KeyStart() {}

    static String on(Path folder, Instant now) {
        return SigningKeys.open(folder, () -> now).published()
                + " "
                + HexFormat.of().formatHex(Secrets.open(folder).secret("requests"));
    }

    public static void main(String[] args) {
        System.out.println(on(Path.of(args[0]), Instant.parse(args[1])));
    }
}
