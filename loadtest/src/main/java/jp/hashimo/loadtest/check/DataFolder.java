package jp.hashimo.loadtest.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The data folder of a service that runs its own PostgreSQL; who may read its keys may read it. */
public record DataFolder(Path path) {
    private static final int PORT_LINE = 3;

    /** Opens the ledger in it, while its PostgreSQL runs. */
    public Database open(String ledger) throws IOException, SQLException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("password", password());
        return new Database("jdbc:postgresql://localhost:" + port() + "/ledger", login, ledger);
    }

    private int port() throws IOException {
        List<String> lines = Files.readAllLines(path.resolve("postgres").resolve("postmaster.pid"));
        return Integer.parseInt(lines.get(PORT_LINE).strip());
    }

    /** The service derives the password of each login from one secret beside the database. */
    private String password() throws IOException {
        byte[] secret = Files.readAllBytes(path.resolve("keys").resolve("secret-database.key"));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            byte[] password = mac.doFinal("owner".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
